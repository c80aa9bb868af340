"""Files in and out: Word, Excel, PDF, HTML."""
