using System.Text;
using System.Text.Json;

namespace Anlauf.Planning.Instances;

/// <summary>JSON files, read strictly: no comments, no commas too many, no field twice. Refusals name line and place.</summary>
internal static class JsonText
{
    private const int Deepest = 64;

    /// <summary>The root of the file.</summary>
    /// <exception cref="PlanInputException">unreadable, or no JSON</exception>
    public static JsonElement Read(string path) => Parse(TextFile.Read(path), path);

    /// <summary>The root of a text.</summary>
    /// <param name="text">the text</param>
    /// <param name="path">file it comes from</param>
    /// <exception cref="PlanInputException">no JSON, or a field twice</exception>
    public static JsonElement Parse(string text, string path)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(text, new() { MaxDepth = Deepest });
            root = document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw Refuse(text, path, exception);
        }
        RefuseTwice(root, "", path, text);
        return root;
    }

    /// <summary>The same refusal with the line of its field, or of what the field should be in.</summary>
    public static PlanInputException Placed(PlanInputException refusal, string text, string path) =>
        refusal is { Field: { } field, Line: null } && refusal.File == path ? new(path, Line(text, field), field, refusal.Remedy) : refusal;

    /// <summary>Line of a field like towns[3].markets[0].open; where it is missing, of the last part of its name that is there.</summary>
    internal static int? Line(string text, string field)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new() { MaxDepth = Deepest });
        var wanted = field.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries);
        var at = -1L;
        reader.Read();
        foreach (var part in wanted)
        {
            if (!Enter(ref reader, part)) break;
            at = reader.TokenStartIndex;
        }
        return at < 0 ? null : bytes.AsSpan(0, (int)at).Count((byte)'\n') + 1;
    }

    // from the beginning of an object or a list to the value of one of its entries
    private static bool Enter(ref Utf8JsonReader reader, string part)
    {
        if (part[0] == '[')
        {
            if (reader.TokenType != JsonTokenType.StartArray || !int.TryParse(part.AsSpan(1, part.Length - 2), out var index)) return false;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (index-- == 0) return true;
                reader.Skip();
            }
            return false;
        }
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(part);
            reader.Read();
            if (found) return true;
            reader.Skip();
        }
        return false;
    }

    private static void RefuseTwice(JsonElement element, string field, string path, string text)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var entry in element.EnumerateArray()) RefuseTwice(entry, $"{field}[{index++}]", path, text);
        }
        if (element.ValueKind != JsonValueKind.Object) return;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            var name = field.Length == 0 ? property.Name : $"{field}.{property.Name}";
            if (!names.Add(property.Name))
                throw new PlanInputException(path, Line(text, field.Length == 0 ? property.Name : field), name, "Dieses Feld steht zweimal hier. Bitte eines davon löschen.");
            RefuseTwice(property.Value, name, path, text);
        }
    }

    private static PlanInputException Refuse(string text, string path, JsonException exception)
    {
        var line = (int)(exception.LineNumber ?? 0);
        var lines = text.Split('\n');
        var bytes = line < lines.Length ? Encoding.UTF8.GetBytes(lines[line]) : [];
        var place = Encoding.UTF8.GetCharCount(bytes, 0, (int)Math.Clamp(exception.BytePositionInLine ?? 0, 0, bytes.Length));
        var before = string.Join('\n', lines.Take(line)) + "\n" + (line < lines.Length ? lines[line][..place] : "");
        var rest = line < lines.Length ? lines[line][place..] : "";
        return new(path, line + 1, null, $"Das ist kein gültiges JSON (Zeichen {place + 1}). {Reason(before.TrimEnd(), rest)}");
    }

    private static string Reason(string before, string rest) => rest switch
    {
        _ when Depth(before) >= Deepest => $"Die Klammern sind tiefer als {Deepest} ineinander geschachtelt.",
        ['}' or ']', ..] when before.EndsWith(',') => "Nach dem letzten Eintrag steht ein Komma. Bitte löschen.",
        ['/', ..] => "Kommentare kennt JSON nicht. Bitte löschen.",
        ['\'', ..] => "Texte stehen in doppelten Anführungszeichen.",
        ['N' or 'I' or 'n' or 'i', ..] => "Hier wird ein Wert gebraucht; NaN und Infinity kennt JSON nicht. Bitte eine Zahl angeben.",
        _ when before.EndsWith('-') && rest is ['I', ..] => "Infinity kennt JSON nicht. Bitte eine Zahl angeben.",
        [] when Depth(before) > 0 => "Die Datei endet zu früh oder eine Klammer ist nicht geschlossen. Bitte prüfen, ob sie vollständig ist.",
        _ when Depth(before) == 0 && before.Length > 0 => "Nach dem Ende der Aufgabe steht noch etwas. Bitte löschen; jede Datei enthält eine Aufgabe.",
        _ => "Bitte diese Stelle prüfen: Fehlt davor ein Komma, ein Anführungszeichen oder eine Klammer?",
    };

    private static int Depth(string text)
    {
        var (depth, quoted) = (0, false);
        for (var k = 0; k < text.Length; k++)
        {
            if (quoted && text[k] == '\\') k++;
            else if (text[k] == '"') quoted = !quoted;
            else if (!quoted && text[k] is '{' or '[') depth++;
            else if (!quoted && text[k] is '}' or ']') depth--;
        }
        return depth;
    }
}
