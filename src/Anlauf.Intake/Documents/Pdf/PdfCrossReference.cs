namespace Anlauf.Intake.Documents.Pdf;

/// <summary>Where the objects of a file lie: newest place first to be found wins; with the trailer's entries.</summary>
internal sealed class PdfCrossReference
{
    private const int MostObjects = 2_000_000;

    /// <summary>Offset in the file, or the number of the object stream that holds the object.</summary>
    public Dictionary<int, (long Offset, int? ObjectStream)> Places { get; } = [];

    public PdfDictionary Trailer { get; } = [];

    private readonly HashSet<int> freed = [];
    private readonly HashSet<int> freedHere = [];

    /// <summary>Follows "startxref" through tables, cross-reference streams, hybrids and earlier versions of the file.</summary>
    /// <returns>Null where any of it does not fit together.</returns>
    public static PdfCrossReference? Read(PdfFile file, ReadOnlyMemory<byte> content)
    {
        var bytes = content.Span;
        var at = bytes.LastIndexOf("startxref"u8);
        if (at < 0) return null;
        var lexer = new PdfLexer(content) { Position = at + 9 };
        var result = new PdfCrossReference();
        var visited = new HashSet<long>();
        var next = new Stack<long>();
        if (lexer.Read() is not double start) return null;
        next.Push((long)start);
        while (next.TryPop(out var offset))
        {
            if (!visited.Add(offset)) continue;
            if (offset < 0 || offset >= bytes.Length || result.ReadSection(file, content, (int)offset) is not { } trailer) return null;
            foreach (var (key, value) in trailer) result.Trailer.TryAdd(key, value);
            if (file.Resolve(trailer.GetValueOrDefault("Prev")) is double previous) next.Push((long)previous);
            // a hybrid table calls free what its stream then places
            if (trailer.GetValueOrDefault("XRefStm") is double hybrid && visited.Add((long)hybrid)) result.ReadSection(file, content, (int)Math.Clamp(hybrid, 0, bytes.Length));
            result.freed.UnionWith(result.freedHere);
            result.freedHere.Clear();
        }
        return result.Trailer.ContainsKey("Root") ? result : null;
    }

    /// <summary>Finds all objects by searching the file for "n g obj"; the last of a number counts.</summary>
    public static PdfCrossReference Search(PdfFile file, ReadOnlyMemory<byte> content)
    {
        var bytes = content.Span;
        var result = new PdfCrossReference();
        var containers = new List<int>();
        for (var at = 0; at < bytes.Length;)
        {
            var found = bytes[at..].IndexOf("obj"u8);
            if (found < 0) break;
            at += found;
            if (HeaderBefore(bytes, at) is { } header && result.Places.Count < MostObjects)
            {
                result.Places[header.Number] = (header.Offset, null);
                var head = bytes[at..Math.Min(bytes.Length, at + 400)];
                if (head.IndexOf("/ObjStm"u8) >= 0) containers.Add(header.Number);
                if (head.IndexOf("/Catalog"u8) >= 0 && head.IndexOf("/Pages"u8) >= 0) result.Trailer["Root"] = new PdfReference(header.Number, 0);
                if (head.IndexOf("/XRef"u8) >= 0 && file.ReadObjectAt(header.Offset, decrypt: false)?.Value is PdfStream { Dictionary: var dictionary }) result.TakeTrailer(dictionary);
            }
            at += 3;
        }
        for (var at = 0; at < bytes.Length;)
        {
            var found = bytes[at..].IndexOf("trailer"u8);
            if (found < 0) break;
            at += found + 7;
            if (new PdfLexer(content) { Position = at }.Read() is PdfDictionary trailer) result.TakeTrailer(trailer);
        }
        result.AddContained(file, containers.Distinct());
        return result;
    }

    private void TakeTrailer(PdfDictionary trailer)
    {
        foreach (var key in (ReadOnlySpan<string>)["Root", "Encrypt", "ID"])
            if (trailer.TryGetValue(key, out var value)) Trailer[key] = value;
    }

    /// <summary>Objects inside object streams; those also found outside are newer or the same. Not possible in encrypted files, where the streams are not yet readable.</summary>
    private void AddContained(PdfFile file, IEnumerable<int> containers)
    {
        if (Trailer.ContainsKey("Encrypt")) return;
        foreach (var container in containers)
        {
            if (file.ReadObjectAt(Places[container].Offset)?.Value is not PdfStream stream) continue;
            var data = file.Data(stream);
            foreach (var (number, offset) in file.Index(stream, data))
            {
                if (Places.Count >= MostObjects) return;
                if (!Places.TryGetValue(number, out var place) || place.ObjectStream is not null) Places[number] = (0, container);
                if (!Trailer.ContainsKey("Root") && offset < data.Length
                    && new PdfLexer(data) { Position = offset }.Read() is PdfDictionary dictionary && file.Name(dictionary, "Type") == "Catalog") Trailer["Root"] = new PdfReference(number, 0);
            }
        }
    }

    /// <summary>The "12 0 " before an "obj".</summary>
    private static (int Number, int Offset)? HeaderBefore(ReadOnlySpan<byte> bytes, int at)
    {
        var i = at - 1;
        while (i >= 0 && PdfLexer.IsBlank(bytes[i])) i--;
        var generationEnd = i;
        while (i >= 0 && char.IsAsciiDigit((char)bytes[i])) i--;
        if (i == generationEnd || i < 0 || !PdfLexer.IsBlank(bytes[i])) return null;
        while (i >= 0 && PdfLexer.IsBlank(bytes[i])) i--;
        var numberEnd = i;
        while (i >= 0 && char.IsAsciiDigit((char)bytes[i]) && numberEnd - i < 9) i--;
        if (i == numberEnd) return null;
        return (int.Parse(System.Text.Encoding.ASCII.GetString(bytes[(i + 1)..(numberEnd + 1)]), System.Globalization.CultureInfo.InvariantCulture), i + 1);
    }

    private PdfDictionary? ReadSection(PdfFile file, ReadOnlyMemory<byte> content, int offset)
    {
        var lexer = new PdfLexer(content, readReferences: false) { Position = offset };
        lexer.SkipBlanks();
        if (!lexer.Bytes[lexer.Position..].StartsWith("xref"u8))
            return file.ReadObjectAt(offset, decrypt: false)?.Value is PdfStream stream && file.Name(stream.Dictionary, "Type") == "XRef" ? ReadStream(file, stream) : null;
        lexer.Position += 4;
        while (true)
        {
            var head = lexer.Read();
            if (head is PdfKeyword { Value: "trailer" }) return new PdfLexer(content) { Position = lexer.Position }.Read() as PdfDictionary;
            if (head is not double first || lexer.Read() is not double count || first < 0 || count > MostObjects) return null;
            for (var i = 0; i < count; i++)
            {
                if (lexer.Read() is not double place || lexer.Read() is not double || lexer.Read() is not PdfKeyword use) return null;
                if (use.Value == "n") Add((int)first + i, (long)place, null);
                else if (use.Value == "f") freedHere.Add((int)first + i);
                else return null;
            }
        }
    }

    private PdfDictionary? ReadStream(PdfFile file, PdfStream stream)
    {
        if (file.Numbers(stream.Dictionary, "W", 3) is not { } widths || widths.Any(width => width is < 0 or > 8) || widths.Sum() < 1) return null;
        var data = file.Data(stream);
        var ranges = file.Get<List<object?>>(stream.Dictionary, "Index")?.OfType<double>().ToList() ?? [0, file.Number(stream.Dictionary, "Size") ?? 0];
        var at = 0;
        var width = (int)widths.Sum();
        for (var range = 0; range + 1 < ranges.Count; range += 2)
        {
            for (var i = 0; i < ranges[range + 1] && at + width <= data.Length; i++)
            {
                var kind = widths[0] > 0 ? Field(data, ref at, (int)widths[0]) : 1;
                var second = Field(data, ref at, (int)widths[1]);
                at += (int)widths[2];
                var number = (int)ranges[range] + i;
                if (kind == 1) Add(number, second, null);
                else if (kind == 2) Add(number, 0, (int)Math.Min(second, int.MaxValue));
                else if (kind == 0) freedHere.Add(number);
            }
        }
        return stream.Dictionary;
    }

    private void Add(int number, long offset, int? objectStream)
    {
        if (Places.Count < MostObjects && !freed.Contains(number)) Places.TryAdd(number, (offset, objectStream));
    }

    private static long Field(byte[] data, ref int at, int width)
    {
        long value = 0;
        for (var i = 0; i < width; i++) value = (value << 8) | data[at++];
        return value;
    }
}
