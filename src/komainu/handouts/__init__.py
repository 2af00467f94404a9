"""What a lesson hands out, projects and takes home: documents and slides from the same sources."""
