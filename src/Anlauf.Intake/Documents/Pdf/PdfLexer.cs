using System.Text;

namespace Anlauf.Intake.Documents.Pdf;

/// <summary>Reads PDF objects from bytes (ISO 32000-1, 7.2 and 7.3). Lenient: rubbish becomes keywords or is passed over; only nesting without end is an error.</summary>
internal sealed class PdfLexer(ReadOnlyMemory<byte> content, bool readReferences = true)
{
    private const int DeepestNesting = 100;
    private static readonly PdfKeyword ArrayEnd = new("]");
    private static readonly PdfKeyword DictionaryEnd = new(">>");
    private readonly ReadOnlyMemory<byte> content = content;

    /// <summary>Offset of the next byte to read.</summary>
    public int Position { get; set; }

    public ReadOnlySpan<byte> Bytes => content.Span;

    /// <summary>The next object, keyword, or <see cref="PdfKeyword.End"/>.</summary>
    public object? Read() => Read(0);

    public void SkipBlanks()
    {
        var bytes = content.Span;
        while (Position < bytes.Length)
        {
            if (bytes[Position] == '%')
                while (Position < bytes.Length && bytes[Position] is not ((byte)'\n' or (byte)'\r')) Position++;
            else if (IsBlank(bytes[Position])) Position++;
            else return;
        }
    }

    public static bool IsBlank(byte b) => b is 0 or 9 or 10 or 12 or 13 or 32;

    private static bool IsDelimiter(byte b) => b is (byte)'(' or (byte)')' or (byte)'<' or (byte)'>' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)'/' or (byte)'%';

    private object? Read(int depth)
    {
        if (depth > DeepestNesting) throw new InvalidDataException("objects nested without end");
        SkipBlanks();
        var bytes = content.Span;
        if (Position >= bytes.Length) return PdfKeyword.End;
        var first = bytes[Position];
        switch (first)
        {
            case (byte)'/': return ReadName();
            case (byte)'(': return ReadLiteral();
            case (byte)'[': Position++; return ReadArray(depth);
            case (byte)']': Position++; return ArrayEnd;
            case (byte)'<' when Peek(1) == '<': Position += 2; return ReadDictionary(depth);
            case (byte)'<': return ReadHex();
            case (byte)'>' when Peek(1) == '>': Position += 2; return DictionaryEnd;
            case (byte)'>' or (byte)')' or (byte)'{' or (byte)'}': Position++; return new PdfKeyword(((char)first).ToString());
            case (byte)'+' or (byte)'-' or (byte)'.' or (>= (byte)'0' and <= (byte)'9'): return ReadNumber();
            default: return ReadKeyword();
        }
    }

    private int Peek(int ahead) => Position + ahead < content.Length ? content.Span[Position + ahead] : -1;

    private object? ReadKeyword()
    {
        var bytes = content.Span;
        var start = Position;
        while (Position < bytes.Length && !IsBlank(bytes[Position]) && !IsDelimiter(bytes[Position])) Position++;
        var word = bytes[start..Position];
        if (word.SequenceEqual("true"u8)) return true;
        if (word.SequenceEqual("false"u8)) return false;
        if (word.SequenceEqual("null"u8)) return null;
        return new PdfKeyword(Encoding.Latin1.GetString(word[..Math.Min(word.Length, 32)]));
    }

    private object ReadNumber()
    {
        var number = Number(out var isInteger);
        if (!readReferences || !isInteger || number < 0 || number > int.MaxValue) return number;
        // "12 0 R" is a reference; look ahead without losing the number
        var back = Position;
        SkipBlanks();
        if (Position > back && Peek(0) is >= '0' and <= '9')
        {
            var generation = Number(out var second);
            SkipBlanks();
            if (second && generation <= 65535 && Peek(0) == 'R' && (Peek(1) < 0 || IsBlank((byte)Peek(1)) || IsDelimiter((byte)Peek(1))))
            {
                Position++;
                return new PdfReference((int)number, (int)generation);
            }
        }
        Position = back;
        return number;
    }

    private double Number(out bool isInteger)
    {
        var bytes = content.Span;
        double value = 0, scale = 0;
        var negative = false;
        for (; Position < bytes.Length; Position++)
        {
            var b = bytes[Position];
            if (b == '-') negative = true;
            else if (b == '.') scale = scale == 0 ? 1 : scale;
            else if (b is >= (byte)'0' and <= (byte)'9')
            {
                if (scale > 0) value += (b - '0') * (scale /= 10);
                else value = (value * 10) + (b - '0');
            }
            else if (b != '+') break;
        }
        isInteger = scale == 0;
        if (value > 1e15) value = 1e15;
        return negative ? -value : value;
    }

    private PdfName ReadName()
    {
        var bytes = content.Span;
        var start = ++Position;
        while (Position < bytes.Length && !IsBlank(bytes[Position]) && !IsDelimiter(bytes[Position])) Position++;
        var raw = bytes[start..Position];
        if (!raw.Contains((byte)'#')) return new PdfName(Encoding.Latin1.GetString(raw));
        var name = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '#' && i + 2 < raw.Length && Hex(raw[i + 1]) is >= 0 and var high && Hex(raw[i + 2]) is >= 0 and var low)
            {
                name.Append((char)((high << 4) | low));
                i += 2;
            }
            else name.Append((char)raw[i]);
        }
        return new PdfName(name.ToString());
    }

    private PdfString ReadLiteral()
    {
        var bytes = content.Span;
        var text = new List<byte>();
        var open = 1;
        for (Position++; Position < bytes.Length; Position++)
        {
            var b = bytes[Position];
            if (b == '\\')
            {
                if (++Position >= bytes.Length) break;
                Escape(bytes, text);
                continue;
            }
            if (b == '(') open++;
            else if (b == ')' && --open == 0)
            {
                Position++;
                break;
            }
            text.Add(b);
        }
        return new PdfString([.. text]);
    }

    private void Escape(ReadOnlySpan<byte> bytes, List<byte> text)
    {
        var b = bytes[Position];
        switch (b)
        {
            case (byte)'n': text.Add(10); break;
            case (byte)'r': text.Add(13); break;
            case (byte)'t': text.Add(9); break;
            case (byte)'b': text.Add(8); break;
            case (byte)'f': text.Add(12); break;
            case (byte)'\n': break;
            case (byte)'\r':
                if (Peek(1) == '\n') Position++;
                break;
            case >= (byte)'0' and <= (byte)'7':
                var code = b - '0';
                for (var digits = 1; digits < 3 && Peek(1) is >= '0' and <= '7'; digits++) code = (code * 8) + bytes[++Position] - '0';
                text.Add((byte)code);
                break;
            default: text.Add(b); break;
        }
    }

    private PdfString ReadHex()
    {
        var bytes = content.Span;
        var text = new List<byte>();
        var high = -1;
        for (Position++; Position < bytes.Length; Position++)
        {
            if (bytes[Position] == '>')
            {
                Position++;
                break;
            }
            if (Hex(bytes[Position]) is not (>= 0 and var digit)) continue;
            if (high < 0) high = digit;
            else
            {
                text.Add((byte)((high << 4) | digit));
                high = -1;
            }
        }
        if (high >= 0) text.Add((byte)(high << 4));
        return new PdfString([.. text]);
    }

    private List<object?> ReadArray(int depth)
    {
        var items = new List<object?>();
        while (true)
        {
            var item = Read(depth + 1);
            if (ReferenceEquals(item, ArrayEnd) || ReferenceEquals(item, PdfKeyword.End)) return items;
            if (item is PdfKeyword) continue;
            items.Add(item);
        }
    }

    private PdfDictionary ReadDictionary(int depth)
    {
        var entries = new PdfDictionary();
        while (true)
        {
            var key = Read(depth + 1);
            if (ReferenceEquals(key, DictionaryEnd) || ReferenceEquals(key, PdfKeyword.End)) return entries;
            // a dictionary that was never closed ends where its object ends
            if (key is PdfKeyword { Value: "endobj" or "stream" } word)
            {
                Position -= word.Value.Length;
                return entries;
            }
            if (key is not PdfName name) continue;
            var value = Read(depth + 1);
            if (ReferenceEquals(value, DictionaryEnd) || ReferenceEquals(value, PdfKeyword.End)) return entries;
            if (value is not PdfKeyword) entries[name.Value] = value;
        }
    }

    private static int Hex(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };
}
