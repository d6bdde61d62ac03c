using System.IO.Compression;

namespace Anlauf.Intake.Documents.Pdf;

/// <summary>Unpacks stream data (ISO 32000-1, 7.4): Flate, LZW, ASCII85, ASCIIHex, RunLength and their predictors. Data cut off gives what there is; picture formats give nothing.</summary>
internal static class PdfFilters
{
    private const int MostFilters = 8;

    /// <param name="file">For values that are references.</param>
    /// <param name="stream">The packed stream.</param>
    /// <param name="limit">Most bytes any step may produce; beyond it <see cref="PdfTooLargeException"/>.</param>
    public static byte[] Decode(PdfFile file, PdfStream stream, int limit)
    {
        var names = Names(file, stream.Dictionary);
        var parameters = Parameters(file, stream.Dictionary);
        var data = stream.Packed.ToArray();
        if (names.Count > MostFilters) return [];
        for (var i = 0; i < names.Count; i++)
        {
            var options = i < parameters.Count ? parameters[i] : null;
            data = names[i] switch
            {
                "FlateDecode" or "Fl" => Predict(file, Flate(data, limit), options),
                "LZWDecode" or "LZW" => Predict(file, PdfLzw.Decode(data, file.Int(options, "EarlyChange") != 0, limit), options),
                "ASCII85Decode" or "A85" => Ascii85(data),
                "ASCIIHexDecode" or "AHx" => AsciiHex(data),
                "RunLengthDecode" or "RL" => RunLength(data, limit),
                "Crypt" => data,
                _ => [],
            };
        }
        return data;
    }

    public static bool IsPicture(PdfFile file, PdfDictionary dictionary) =>
        Names(file, dictionary).Any(name => name is "DCTDecode" or "DCT" or "JPXDecode" or "CCITTFaxDecode" or "CCF" or "JBIG2Decode");

    private static List<string> Names(PdfFile file, PdfDictionary dictionary) =>
        file.Resolve(dictionary.GetValueOrDefault("Filter") ?? dictionary.GetValueOrDefault("F")) switch
        {
            PdfName name => [name.Value],
            List<object?> list => [.. list.Select(file.Resolve).OfType<PdfName>().Select(name => name.Value)],
            _ => [],
        };

    private static List<PdfDictionary?> Parameters(PdfFile file, PdfDictionary dictionary) =>
        file.Resolve(dictionary.GetValueOrDefault("DecodeParms") ?? dictionary.GetValueOrDefault("DP")) switch
        {
            PdfDictionary one => [one],
            List<object?> list => [.. list.Select(item => file.Resolve(item) as PdfDictionary)],
            _ => [],
        };

    private static byte[] Flate(byte[] data, int limit)
    {
        // the two header bytes are passed over, so that a wrong checksum or header does not cost the text
        var isWrapped = data.Length > 2 && (data[0] & 0x0F) == 8 && ((data[0] << 8) | data[1]) % 31 == 0;
        var start = isWrapped ? 2 : 0;
        using var packed = new DeflateStream(new MemoryStream(data, start, data.Length - start), CompressionMode.Decompress);
        var result = new MemoryStream();
        var chunk = new byte[65536];
        try
        {
            for (int read; (read = packed.Read(chunk)) > 0;)
            {
                result.Write(chunk, 0, read);
                if (result.Length > limit) throw new PdfTooLargeException();
            }
        }
        catch (InvalidDataException)
        {
            // damaged inside: what was unpacked so far is kept
        }
        return result.ToArray();
    }

    private static byte[] Predict(PdfFile file, byte[] data, PdfDictionary? options)
    {
        var predictor = file.Int(options, "Predictor") ?? 1;
        if (predictor < 2) return data;
        var colours = Math.Clamp(file.Int(options, "Colors") ?? 1, 1, 32);
        var bits = Math.Clamp(file.Int(options, "BitsPerComponent") ?? 8, 1, 16);
        var columns = Math.Clamp(file.Int(options, "Columns") ?? 1, 1, 1 << 20);
        var unit = Math.Max(1, colours * bits / 8);
        var width = ((colours * bits * columns) + 7) / 8;
        return predictor == 2 ? Tiff(data, unit, width, bits) : Png(data, unit, width);
    }

    private static byte[] Tiff(byte[] data, int unit, int width, int bits)
    {
        if (bits == 8)
            for (var row = 0; row < data.Length; row += width)
                for (var i = row + unit; i < Math.Min(row + width, data.Length); i++) data[i] += data[i - unit];
        return data;
    }

    private static byte[] Png(byte[] data, int unit, int width)
    {
        var rows = (data.Length + width) / (width + 1);
        var result = new byte[(long)rows * width <= int.MaxValue ? rows * width : 0];
        for (var row = 0; row < rows && result.Length > 0; row++)
        {
            var from = row * (width + 1);
            var to = row * width;
            var kind = data[from];
            for (var i = 0; i < width && from + 1 + i < data.Length; i++)
            {
                int left = i >= unit ? result[to + i - unit] : 0;
                int above = row > 0 ? result[to + i - width] : 0;
                int corner = row > 0 && i >= unit ? result[to + i - width - unit] : 0;
                var add = kind switch { 1 => left, 2 => above, 3 => (left + above) / 2, 4 => Paeth(left, above, corner), _ => 0 };
                result[to + i] = (byte)(data[from + 1 + i] + add);
            }
        }
        return result;
    }

    private static int Paeth(int left, int above, int corner)
    {
        var guess = left + above - corner;
        int toLeft = Math.Abs(guess - left), toAbove = Math.Abs(guess - above), toCorner = Math.Abs(guess - corner);
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    private static byte[] AsciiHex(byte[] data)
    {
        var lexer = new PdfLexer((byte[])[(byte)'<', .. data, (byte)'>']);
        return lexer.Read() is PdfString text ? text.Bytes : [];
    }

    private static byte[] Ascii85(byte[] data)
    {
        var result = new List<byte>(data.Length);
        long group = 0;
        var count = 0;
        foreach (var b in data)
        {
            if (b == '~') break;
            if (b == 'z' && count == 0) result.AddRange([0, 0, 0, 0]);
            if (b is < (byte)'!' or > (byte)'u') continue;
            group = (group * 85) + b - '!';
            if (++count < 5) continue;
            Emit(result, group, 4);
            (group, count) = (0, 0);
        }
        if (count > 1)
        {
            for (var i = count; i < 5; i++) group = (group * 85) + 84;
            Emit(result, group, count - 1);
        }
        return [.. result];

        static void Emit(List<byte> result, long group, int bytes)
        {
            for (var i = 0; i < bytes; i++) result.Add((byte)(group >> (24 - (8 * i))));
        }
    }

    private static byte[] RunLength(byte[] data, int limit)
    {
        var result = new List<byte>();
        for (var i = 0; i < data.Length && data[i] != 128;)
        {
            if (result.Count > limit) throw new PdfTooLargeException();
            int length = data[i++];
            if (length < 128)
            {
                var take = Math.Min(length + 1, data.Length - i);
                result.AddRange(data.AsSpan(i, take));
                i += take;
            }
            else if (i < data.Length)
            {
                for (var n = 0; n < 257 - length; n++) result.Add(data[i]);
                i++;
            }
        }
        return [.. result];
    }
}

/// <summary>A stream, or all of them together, unpack to more than any document needs.</summary>
internal sealed class PdfTooLargeException : Exception;
