"""Taking a session up again after the network was cut, however often that fails at first.

discord.py takes it up once and then begins a new one; what people wrote in between would be lost,
for Discord delivers it again to the session that missed it only.
"""

from discord.gateway import ReconnectWebSocket
from discord.shard import ShardInfo


def keep_session(info: ShardInfo) -> None:
    """Let a shard connect anew to its session; Discord says where that is over, and it begins one.

    discord.com/developers/docs, gateway, resuming.
    """
    shard = info._parent  # noqa: SLF001 - discord.py has no setting for it
    begin_anew = shard.reconnect

    async def reconnect() -> None:
        if shard.ws.session_id is None:
            await begin_anew()
        else:
            await shard.reidentify(ReconnectWebSocket(shard.id, resume=True))

    vars(shard)["reconnect"] = reconnect
