"""The command `esar`: files and questions in, tables, sentences or JSON out."""
