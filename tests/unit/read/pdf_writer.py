"""PDF files written by hand, so that tests hold no file that they did not make."""

PICTURE = "picture"


def write_pdf(pages, info=None):
    """Return a PDF whose pages hold the given lines, top down, in Helvetica of 11 points.

    A page given as PICTURE is a grey square.
    """
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [b"", b"", font]
    kids = []
    for lines in pages:
        drawn = b"".join(
            b"1 0 0 1 72 %d Tm (%s) Tj\n" % (740 - 14 * row, escape(line))
            for row, line in enumerate(lines)
        )
        stream = b"BT /F1 11 Tf\n" + drawn + b"ET"
        if lines == PICTURE:
            stream = b"0.5 g 72 72 400 600 re f"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    if info:
        rows = b" ".join(b"/%s (%s)" % (key.encode(), escape(info[key])) for key in info)
        objects.append(b"<< " + rows + b" >>")
    return join_objects(objects, has_info=bool(info))


def escape(line):
    """Return the line as the inside of a PDF string."""
    raw = line.encode("cp1252")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def join_objects(objects, *, has_info, trailer=b""):
    """Return the objects as a file, with its table and trailer."""
    body = b"%PDF-1.4\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for number, content in enumerate(objects, start=1):
        table += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    if has_info:
        trailer += b" /Info %d 0 R" % len(objects)
    end = b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n"
    return body + table + end % (len(objects) + 1, trailer, len(body))
