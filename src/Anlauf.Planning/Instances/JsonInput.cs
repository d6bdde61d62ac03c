using System.Text.Json;
using System.Text.Json.Serialization;

namespace Anlauf.Planning.Instances;

/// <summary>What the readers of our own JSON format share: strict fields and refusals that name the entry.</summary>
internal static class JsonInput
{
    // a misspelt field would otherwise be left out without a word
    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The file as a record.</summary>
    /// <exception cref="PlanInputException">unknown field or wrong kind of value</exception>
    public static T As<T>(this JsonElement root, string path) where T : class
    {
        JsonShape.Check(root, typeof(T), "", path);
        return root.Deserialize<T>(Strict)!;
    }

    /// <summary>A table with rows of equal length, flattened.</summary>
    /// <param name="table">rows, or none when the field is missing</param>
    /// <param name="rows">rows expected, or none when free</param>
    /// <param name="columns">values per row</param>
    /// <param name="path">file</param>
    /// <param name="field">name of the field</param>
    public static long[] Flat(long[]?[]? table, int? rows, int columns, string path, string field)
    {
        if (table is null) throw Missing(path, field);
        if (rows is { } expected && table.Length != expected)
            throw new PlanInputException(path, null, field, $"Erwartet sind {expected} Zeilen, gefunden {table.Length}.");
        for (var i = 0; i < table.Length; i++)
            if (table[i]?.Length != columns)
                throw new PlanInputException(path, null, $"{field}[{i}]", $"Erwartet sind {columns} Werte, gefunden {table[i]?.Length ?? 0}.");
        return [.. table.SelectMany(row => row!)];
    }

    /// <summary>Refuses "null" inside a list, by its place: no list has room for nothing.</summary>
    public static void RefuseGaps(JsonElement element, string field, string path)
    {
        if (element.ValueKind == JsonValueKind.Object)
            foreach (var property in element.EnumerateObject()) RefuseGaps(property.Value, field.Length == 0 ? property.Name : $"{field}.{property.Name}", path);
        if (element.ValueKind != JsonValueKind.Array) return;
        var index = 0;
        foreach (var entry in element.EnumerateArray())
        {
            if (entry.ValueKind == JsonValueKind.Null) throw new PlanInputException(path, null, $"{field}[{index}]", "Hier steht „null“. Bitte einen Wert angeben oder den Eintrag löschen.");
            RefuseGaps(entry, $"{field}[{index++}]", path);
        }
    }

    /// <summary>A list of the length expected.</summary>
    public static long[] List(long[]? list, int length, string path, string field) =>
        list is null ? throw Missing(path, field)
        : list.Length == length ? list
        : throw new PlanInputException(path, null, field, $"Erwartet sind {length} Werte, gefunden {list.Length}.");

    /// <summary>The refusal of a file without a field it needs.</summary>
    public static PlanInputException Missing(string path, string field) => new(path, null, field, "Dieses Feld fehlt. Bitte ergänzen.");
}
