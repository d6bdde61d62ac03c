using System.Globalization;

namespace Anlauf.Planning.Instances;

/// <summary>Reads the numbers of a text file one after the other and knows the line of each, for messages.</summary>
public sealed class NumberReader
{
    private readonly string _path;
    private readonly string _text;
    private int _position;

    /// <summary>Loads the file.</summary>
    /// <exception cref="PlanInputException">the file does not exist or cannot be read</exception>
    public NumberReader(string path) : this(TextFile.Read(path), path) { }

    internal NumberReader(string text, string path)
    {
        _path = path;
        _text = text;
    }

    /// <summary>Line of the number read last, counted from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>True when only white space is left.</summary>
    public bool AtEnd
    {
        get
        {
            SkipWhiteSpace();
            return _position >= _text.Length;
        }
    }

    /// <summary>The next word, whatever it is.</summary>
    public ReadOnlySpan<char> NextWord(string field)
    {
        SkipWhiteSpace();
        if (_position >= _text.Length)
            throw Refuse(field, "Die Datei endet zu früh. Bitte prüfen, ob sie vollständig ist.");
        var start = _position;
        while (_position < _text.Length && !char.IsWhiteSpace(_text[_position])) _position++;
        return _text.AsSpan(start, _position - start);
    }

    /// <summary>The next whole number within the given limits. "7." and "7.0" count as whole.</summary>
    public long NextLong(string field, long least = long.MinValue, long most = long.MaxValue)
    {
        var word = NextWord(field);
        var plain = word;
        if (plain.IndexOf('.') is var point and >= 0 && plain[(point + 1)..].Trim('0').IsEmpty) plain = plain[..point];
        if (!long.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw Refuse(field, $"„{word}“ ist keine ganze Zahl.");
        if (value < least || value > most)
            throw Refuse(field, $"{value} liegt nicht zwischen {least} und {most}.");
        return value;
    }

    /// <summary>The next whole number of 32 bits within the given limits.</summary>
    public int NextInt(string field, int least = int.MinValue, int most = int.MaxValue) => (int)NextLong(field, least, most);

    /// <summary>The next decimal number, exact.</summary>
    public decimal NextDecimal(string field)
    {
        var word = NextWord(field);
        return decimal.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Refuse(field, $"„{word}“ ist keine Zahl.");
    }

    /// <summary>The next number as the nearest double.</summary>
    public double NextDouble(string field)
    {
        var word = NextWord(field);
        return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw Refuse(field, $"„{word}“ ist keine Zahl.");
    }

    /// <summary>A refusal that names this file and the current line.</summary>
    public PlanInputException Refuse(string? field, string remedy) => new(_path, Line, field, remedy);

    private void SkipWhiteSpace()
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
        {
            if (_text[_position] == '\n') Line++;
            _position++;
        }
    }
}
