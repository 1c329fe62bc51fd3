"""What an operator sees of a running bot: its log, its figures, and whether it is well."""
