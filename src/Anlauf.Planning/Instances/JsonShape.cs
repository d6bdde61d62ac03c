using System.Collections;
using System.Reflection;
using System.Text.Json;

namespace Anlauf.Planning.Instances;

/// <summary>
/// Compares a JSON value with the record it shall become and refuses the first difference by field: a name that does not exist or is
/// written otherwise, a text instead of a number, a number beyond its type.
/// </summary>
internal static class JsonShape
{
    /// <summary>Refuses what does not fit.</summary>
    /// <param name="element">the value</param>
    /// <param name="type">what it shall become</param>
    /// <param name="field">its name, empty for the root</param>
    /// <param name="path">file</param>
    public static void Check(JsonElement element, Type type, string field, string path)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (element.ValueKind == JsonValueKind.Null)
        {
            if (type.IsValueType && plain == type) throw Refuse("Hier steht „null“. Bitte einen Wert angeben oder das Feld löschen.");
            return;
        }
        if (plain == typeof(string) || plain.IsEnum) Need(JsonValueKind.String, "ein Text in Anführungszeichen");
        else if (plain == typeof(bool))
        {
            if (element.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) throw Refuse($"Hier wird true oder false gebraucht, ohne Anführungszeichen.{Found()}");
        }
        else if (plain.IsPrimitive || plain == typeof(decimal)) Number();
        else if (typeof(IEnumerable).IsAssignableFrom(plain))
        {
            Need(JsonValueKind.Array, "eine Liste in eckigen Klammern");
            var entry = plain.GetElementType() ?? plain.GetGenericArguments()[0];
            var index = 0;
            foreach (var value in element.EnumerateArray()) Check(value, entry, $"{field}[{index++}]", path);
        }
        else Fields();

        PlanInputException Refuse(string remedy) => new(path, null, field.Length == 0 ? null : field, remedy);

        string Found() => element.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? "" : $" Gefunden wurde {element.GetRawText()}.";

        void Need(JsonValueKind kind, string what)
        {
            if (element.ValueKind != kind) throw Refuse($"Hier wird {what} gebraucht.{Found()}");
        }

        void Number()
        {
            if (element.ValueKind == JsonValueKind.String) throw Refuse($"Hier wird eine Zahl gebraucht, ohne Anführungszeichen.{Found()}");
            var isWhole = plain == typeof(int) || plain == typeof(long);
            Need(JsonValueKind.Number, isWhole ? "eine ganze Zahl" : "eine Zahl");
            var fits = plain == typeof(int) ? element.TryGetInt32(out _)
                : plain == typeof(long) ? element.TryGetInt64(out _)
                : plain == typeof(decimal) ? element.TryGetDecimal(out _)
                : element.TryGetDouble(out var number) && double.IsFinite(number);
            if (!fits) throw Refuse($"{element.GetRawText()} ist keine{(isWhole ? " ganze" : "")} Zahl, mit der sich hier rechnen lässt{(isWhole ? " (ohne Komma, Punkt und Exponent)" : "")}.");
        }

        void Fields()
        {
            Need(JsonValueKind.Object, "ein Objekt in geschweiften Klammern");
            var known = plain.GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name), property => property.PropertyType, StringComparer.Ordinal);
            foreach (var property in element.EnumerateObject())
            {
                var name = field.Length == 0 ? property.Name : $"{field}.{property.Name}";
                if (known.TryGetValue(property.Name, out var kind)) Check(property.Value, kind, name, path);
                else throw new PlanInputException(path, null, name, known.Keys.FirstOrDefault(key => string.Equals(key, property.Name, StringComparison.OrdinalIgnoreCase)) is { } meant
                    ? $"Groß- und Kleinschreibung zählt: Dieses Feld heißt „{meant}“."
                    : $"Dieses Feld gibt es hier nicht. Bekannt sind: {string.Join(", ", known.Keys)}.");
            }
        }
    }
}
