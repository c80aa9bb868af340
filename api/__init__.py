"""The ways in: settings, composition, command line, HTTP routes, pages, the demo."""
