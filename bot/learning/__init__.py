"""What Rits learns from use without reading along: counts, thumbs, and questions without an answer, de-identified."""
