namespace Anlauf.Intake.Documents.Pdf;

/// <summary>LZW as used in PDF and TIFF (ISO 32000-1, 7.4.4): codes of 9 to 12 bits, 256 clears the table, 257 ends.</summary>
internal static class PdfLzw
{
    /// <param name="data">The packed bytes; cut off or broken data gives what came before.</param>
    /// <param name="early">The code grows one entry before the table is full (the usual case).</param>
    /// <param name="limit">Most bytes to produce; beyond it <see cref="PdfTooLargeException"/>.</param>
    public static byte[] Decode(ReadOnlySpan<byte> data, bool early, int limit)
    {
        var result = new List<byte>(data.Length * 3);
        // every entry is a piece of the output: where it begins and how long it is
        Span<int> start = new int[4097];
        Span<int> length = new int[4097];
        int next = 258, width = 9, previous = -1, bits = 0, waiting = 0;
        foreach (var b in data)
        {
            bits = (bits << 8) | b;
            waiting += 8;
            if (waiting < width) continue;
            waiting -= width;
            var code = (bits >> waiting) & ((1 << width) - 1);
            bits &= (1 << waiting) - 1;
            if (code == 257) break;
            if (code == 256)
            {
                (next, width, previous) = (258, 9, -1);
                continue;
            }
            if (code > next || (code == next && previous < 0)) break;
            var begin = result.Count;
            if (code < 256) result.Add((byte)code);
            else if (code < next) Copy(result, start[code], length[code]);
            else Copy(result, begin - length[4096], length[4096] + 1);
            if (result.Count > limit) throw new PdfTooLargeException();
            if (previous >= 0 && next < 4096)
            {
                // the entry before, plus the first byte of this one, which follows it in the output
                start[next] = begin - length[4096];
                length[next] = length[4096] + 1;
                next++;
            }
            length[4096] = result.Count - begin;
            previous = code;
            width = (next + (early ? 1 : 0)) switch { >= 2048 => 12, >= 1024 => 11, >= 512 => 10, _ => 9 };
        }
        return [.. result];
    }

    /// <summary>Byte by byte, since the piece may reach into what is being written.</summary>
    private static void Copy(List<byte> result, int from, int count)
    {
        for (var i = 0; i < count; i++) result.Add(result[from + i]);
    }
}
