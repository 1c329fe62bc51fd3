"""The figures of one running bot, in the form that Prometheus reads.

``deploy/alerts.yaml`` and ``deploy/dashboard.json`` are made of them; a test holds them together.
"""

import logging
from datetime import UTC, datetime

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

from retrieval import Vitals

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Bounds of the histograms: an answer is due within 0.25 s, a platform waits for 3 s."""


class Metrics:
    """Counters, gauges and histograms, each named once."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        GCCollector(registry=registry)
        self._count_requests(registry)
        self._watch_running(registry)
        self._measure_library(registry)

    def _count_requests(self, registry: CollectorRegistry) -> None:
        """Name the figures of what is asked."""
        self.questions = Counter(
            "newsdesk_questions", "Questions answered.", ["platform", "verdict"], registry=registry
        )
        self.requests = Counter(
            "newsdesk_requests",
            "Requests by what came of them.",
            ["platform", "word", "outcome"],
            registry=registry,
        )
        self.seconds = Histogram(
            "newsdesk_request_seconds",
            "Time from request to reply.",
            ["platform", "word"],
            buckets=SECONDS,
            registry=registry,
        )
        self.limited = Counter(
            "newsdesk_rate_limited",
            "Requests refused because a person or a space had asked too often.",
            ["platform", "whose"],
            registry=registry,
        )
        self.waiting = Gauge("newsdesk_waiting", "Requests that wait.", registry=registry)
        self.working = Gauge("newsdesk_working", "Requests in work.", registry=registry)

    def _watch_running(self, registry: CollectorRegistry) -> None:
        """Name the figures of how the bot runs."""
        self.errors = Counter(
            "newsdesk_errors", "Lines of the log of level error or above.", registry=registry
        )
        self.lag = Histogram(
            "newsdesk_loop_lag_seconds",
            "How much later than due the event loop goes on.",
            buckets=SECONDS,
            registry=registry,
        )
        self.up = Gauge(
            "newsdesk_platform_up",
            "Whether a platform is connected.",
            ["platform"],
            registry=registry,
        )
        self.falls = Counter(
            "newsdesk_platform_falls",
            "How often a platform fell and was restarted.",
            ["platform"],
            registry=registry,
        )
        self.sound = Gauge(
            "newsdesk_database_sound",
            "Whether the last check found the database sound; not a number before the first one.",
            registry=registry,
        )
        self.sound.set(float("nan"))  # 0 would call somebody out of bed while a large one is read
        self.answers = Gauge(
            "newsdesk_database_answers", "Whether the database answers.", registry=registry
        )

    def _measure_library(self, registry: CollectorRegistry) -> None:
        """Name the figures of the coverage; ``show`` sets them."""
        self.documents = Gauge("newsdesk_documents", "Documents that answer.", registry=registry)
        self.passages = Gauge("newsdesk_passages", "Their passages.", registry=registry)
        self.indexed = Gauge("newsdesk_index_passages", "Passages in the index.", registry=registry)
        self.behind = Gauge(
            "newsdesk_index_lag_changes",
            "Changes of documents that the index has not seen; it sees them at the next question.",
            registry=registry,
        )
        self.bytes = Gauge("newsdesk_database_bytes", "Size of the database.", registry=registry)
        self.free = Gauge(
            "newsdesk_disk_free_bytes", "Room on the database's disk.", registry=registry
        )
        self.newest = Gauge(
            "newsdesk_newest_document_age_seconds",
            "Age of the newest dated document; not a number where none is dated.",
            registry=registry,
        )

    def show(self, vitals: Vitals | None) -> bytes:
        """Return all figures as Prometheus reads them; None where the library does not answer."""
        self.answers.set(vitals is not None)
        if vitals is not None:
            self.documents.set(vitals.documents)
            self.passages.set(vitals.passages)
            self.indexed.set(vitals.indexed)
            self.behind.set(vitals.behind)
            self.bytes.set(vitals.database_bytes)
            self.free.set(vitals.free_bytes)
            self.newest.set(_age(vitals))
        return generate_latest(self._registry)


def _age(vitals: Vitals) -> float:
    if vitals.newest is None:
        return float("nan")
    return (datetime.now(UTC).date() - vitals.newest).total_seconds()


class CountErrors(logging.Handler):
    """Counts the lines of the log that say that something went wrong."""

    def __init__(self, metrics: Metrics) -> None:
        super().__init__(logging.ERROR)
        self._metrics = metrics

    def emit(self, record: logging.LogRecord) -> None:
        """Count a line."""
        del record
        self._metrics.errors.inc()
