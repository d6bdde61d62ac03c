using System.Globalization;

namespace Anlauf.Intake.Documents.Pdf;

/// <summary>The objects of a PDF file, found through its cross-reference tables or, where these are broken, by searching the whole file.</summary>
internal sealed class PdfFile
{
    private const int LongestReferenceChain = 32;

    private readonly ReadOnlyMemory<byte> content;
    private readonly Dictionary<int, object?> known = [];
    private readonly Dictionary<int, Dictionary<int, int>> objectStreams = [];
    private readonly Dictionary<int, byte[]> objectStreamData = [];
    private readonly HashSet<int> inProgress = [];
    private readonly PdfDecryption? decryption;
    private PdfCrossReference entries;
    private bool rebuilt;
    private long unpacked;

    // the last search for the end of a stream; all starts in between have the same end
    private (int From, int Found) endSearch = (0, -1);

    /// <exception cref="InvalidDataException">No document catalogue can be found.</exception>
    /// <exception cref="PdfPasswordException">A password is needed.</exception>
    public PdfFile(ReadOnlyMemory<byte> content)
    {
        this.content = content;
        entries = PdfCrossReference.Read(this, content) ?? Rebuild();
        if (!rebuilt && Catalogue is null) entries = Rebuild();
        if (Resolve(Trailer.GetValueOrDefault("Encrypt")) is PdfDictionary encryption)
        {
            var plain = new PdfDictionary();
            foreach (var (key, value) in encryption) plain[key] = Resolve(value);
            decryption = new PdfDecryption(this, plain, Resolve(Trailer.GetValueOrDefault("ID")) is List<object?> { Count: > 0 } ids && Resolve(ids[0]) is PdfString id ? id.Bytes : []);
            // what was read before the key was known is read again
            known.Clear();
            objectStreams.Clear();
            objectStreamData.Clear();
        }
        if (Catalogue is null) throw new InvalidDataException("no catalogue");
    }

    public PdfDictionary Trailer => entries.Trailer;

    public PdfDictionary? Catalogue => Resolve(Trailer.GetValueOrDefault("Root")) is PdfDictionary root && root.ContainsKey("Pages") ? root : null;

    /// <summary>The object itself, or the one a reference points to; null where there is none or references run in a circle.</summary>
    public object? Resolve(object? value)
    {
        for (var i = 0; i < LongestReferenceChain && value is PdfReference reference; i++) value = Load(reference.Number);
        return value is PdfReference ? null : value;
    }

    public T? Get<T>(PdfDictionary? dictionary, string key) where T : class => dictionary is null ? null : Resolve(dictionary.GetValueOrDefault(key)) as T;

    public double? Number(PdfDictionary? dictionary, string key) => dictionary is null ? null : Resolve(dictionary.GetValueOrDefault(key)) as double?;

    public int? Int(PdfDictionary? dictionary, string key) => dictionary is not null && Resolve(dictionary.GetValueOrDefault(key)) switch
    {
        double number => (int)Math.Clamp(number, int.MinValue, int.MaxValue),
        true => 1,
        false => 0,
        _ => (int?)null,
    } is { } result ? result : null;

    public string? Name(PdfDictionary? dictionary, string key) => Get<PdfName>(dictionary, key)?.Value;

    public double[]? Numbers(PdfDictionary? dictionary, string key, int count) =>
        Get<List<object?>>(dictionary, key) is { } list && list.Count >= count && list.Take(count).All(item => Resolve(item) is double)
            ? [.. list.Take(count).Select(item => (double)Resolve(item)!)] : null;

    /// <summary>The unpacked data of a stream. All streams of a file share one allowance.</summary>
    public byte[] Data(PdfStream stream)
    {
        // packed bytes count as well: broken streams may overlap and each reach to the end of the file
        unpacked += stream.Packed.Length;
        if (unpacked > DocumentLimits.TotalPartBytes) throw new PdfTooLargeException();
        var data = PdfFilters.Decode(this, stream, DocumentLimits.PartBytes);
        unpacked += data.Length;
        if (unpacked > DocumentLimits.TotalPartBytes) throw new PdfTooLargeException();
        if (data.Length > DocumentLimits.RatioMattersFrom && data.Length > (long)DocumentLimits.PackingRatio * Math.Max(1, stream.Packed.Length)) throw new PdfTooLargeException();
        return data;
    }

    /// <summary>Reads "n g obj …" at an offset.</summary>
    /// <returns>The object with its number, or null where none begins there.</returns>
    public (int Number, object? Value)? ReadObjectAt(long offset, bool decrypt = true)
    {
        if (offset < 0 || offset >= content.Length) return null;
        var lexer = new PdfLexer(content) { Position = (int)offset };
        // read as plain numbers: "1 0 obj" is no reference
        if (lexer.Read() is not double number || lexer.Read() is not double generation || lexer.Read() is not PdfKeyword { Value: "obj" }) return null;
        var value = lexer.Read();
        if (value is PdfKeyword) value = null;
        var key = decrypt ? decryption?.KeyFor((int)number, (int)generation) : null;
        if (value is PdfDictionary dictionary)
        {
            lexer.SkipBlanks();
            if (lexer.Bytes[lexer.Position..].StartsWith("stream"u8))
            {
                lexer.Position += 6;
                var stream = new PdfStream(dictionary, StreamBytes(lexer, dictionary));
                value = key is null ? stream : decryption!.Decrypt(this, stream, key);
            }
        }
        return ((int)number, key is null ? value : decryption!.DecryptStrings(value, key));
    }

    private PdfCrossReference Rebuild()
    {
        rebuilt = true;
        known.Clear();
        return PdfCrossReference.Search(this, content);
    }

    private object? Load(int number)
    {
        if (known.TryGetValue(number, out var value)) return value;
        if (entries is null || !entries.Places.TryGetValue(number, out var place)) return null;
        // an object that needs itself to be read
        if (!inProgress.Add(number)) return null;
        try
        {
            if (place.ObjectStream is { } container) value = LoadFromStream(container, number);
            else if (ReadObjectAt(place.Offset) is { } found && found.Number == number) value = found.Value;
            else if (!rebuilt)
            {
                // the table points somewhere else: do not trust it any longer
                entries = Rebuild();
                value = entries.Places.TryGetValue(number, out place) && place.ObjectStream is null && ReadObjectAt(place.Offset) is { } again ? again.Value : null;
            }
            return known[number] = value;
        }
        finally
        {
            inProgress.Remove(number);
        }
    }

    private object? LoadFromStream(int container, int number)
    {
        if (!objectStreams.TryGetValue(container, out var index))
        {
            var stream = Load(container) as PdfStream;
            objectStreamData[container] = stream is null ? [] : Data(stream);
            objectStreams[container] = index = stream is null ? [] : Index(stream, objectStreamData[container]);
        }
        if (!index.TryGetValue(number, out var offset)) return null;
        var lexer = new PdfLexer(objectStreamData[container]) { Position = Math.Clamp(offset, 0, objectStreamData[container].Length) };
        return lexer.Read() is var value and not PdfKeyword ? value : null;
    }

    /// <summary>Numbers and offsets at the head of an object stream (ISO 32000-1, 7.5.7).</summary>
    internal Dictionary<int, int> Index(PdfStream stream, byte[] data)
    {
        var lexer = new PdfLexer(data, readReferences: false);
        var first = Int(stream.Dictionary, "First") ?? 0;
        var index = new Dictionary<int, int>();
        for (var i = Int(stream.Dictionary, "N") ?? 0; i > 0; i--)
        {
            if (lexer.Read() is not double number || lexer.Read() is not double offset) break;
            index.TryAdd((int)number, (int)Math.Clamp(first + offset, 0, int.MaxValue));
        }
        return index;
    }

    private ReadOnlyMemory<byte> StreamBytes(PdfLexer lexer, PdfDictionary dictionary)
    {
        var bytes = content.Span;
        var start = lexer.Position;
        if (start < bytes.Length && bytes[start] == '\r') start++;
        if (start < bytes.Length && bytes[start] == '\n') start++;
        if (Number(dictionary, "Length") is >= 0 and var length && start + length <= bytes.Length)
        {
            var tail = bytes[(start + (int)length)..Math.Min(bytes.Length, start + (int)length + 20)];
            if (tail.IndexOf("endstream"u8) is >= 0 and <= 8) return content.Slice(start, (int)length);
        }
        if (start < endSearch.From || start > endSearch.Found)
        {
            var end = bytes[start..].IndexOf("endstream"u8);
            if (end < 0) end = bytes[start..].IndexOf("endobj"u8);
            endSearch = (start, end < 0 ? bytes.Length : start + end);
        }
        return content[start..endSearch.Found];
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"PDF with {entries.Places.Count} objects");
}

/// <summary>The file can only be opened with a password.</summary>
internal sealed class PdfPasswordException : Exception;
