using System.Globalization;
using Anlauf.Elections.Spreadsheets;

namespace Anlauf.Elections.Results;

/// <summary>Reads the cells of a result sheet and notes everything that is not what it should be.</summary>
internal sealed class ResultCells(List<ImportProblem> problems)
{
    /// <summary>A count that must be there.</summary>
    public long Count(SheetRow row, int column, string field)
    {
        if (Whole(row[column]) is { } value) return value;
        problems.Add(new ImportProblem(row.Number, field, row[column].Length == 0
            ? "Hier fehlt eine Zahl. Bitte ergänzen Sie den Wert aus der amtlichen Tabelle."
            : $"„{Short(row[column])}“ ist keine Anzahl. Erwartet wird eine ganze Zahl ab 0."));
        return 0;
    }

    /// <summary>Votes of a list: a number, or one of the signs for „did not stand“ (x, a blank, a dash).</summary>
    public long? Votes(SheetRow row, int column, string list)
    {
        var text = row[column];
        if (text is "" or "x" or "X" or "-" or "–") return null;
        if (Whole(text) is { } value) return value;
        problems.Add(new ImportProblem(row.Number, list, $"„{Short(text)}“ ist keine Stimmenzahl. Erlaubt sind ganze Zahlen und x für „nicht angetreten“."));
        return null;
    }

    /// <summary>The municipality key, eight digits of the expected state; null and a problem where it is none.</summary>
    public string? Ags(SheetRow row, int column, string state)
    {
        var text = Whole(row[column]) is { } number ? number.ToString("D8", CultureInfo.InvariantCulture) : row[column];
        if (text.Length == 8 && text.All(char.IsAsciiDigit) && text.StartsWith(state, StringComparison.Ordinal)) return text;
        problems.Add(new ImportProblem(row.Number, "Gemeindeschlüssel", $"„{Short(row[column])}“ ist kein achtstelliger Gemeindeschlüssel, der mit {state} beginnt."));
        return null;
    }

    /// <summary>A whole number of zero or more, also written as <c>3402981.0</c>.</summary>
    public static long? Whole(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
        && number >= 0 && number <= int.MaxValue && number == decimal.Truncate(number)
            ? (long)number : null;

    internal static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
