using System.Globalization;
using System.Text;
using Anlauf.Platform.Web.Components;

namespace Anlauf.Rooms.Situation.Gaps;

/// <summary>The list of white spots as a file for a spreadsheet: semicolons, UTF-8 with mark, the source in the last line.</summary>
public static class AreaFile
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    /// <summary>Exactly the rows given.</summary>
    public static byte[] Write(GoalCoverage state, IEnumerable<WhiteSpotRow> rows, string source)
    {
        var text = new StringBuilder("Schlüssel;Gebiet;Kreis;Einwohner;Wert;Ziel;es fehlen;Stand;zuständig;bis;Vorrang (0–10);Sitze in Reichweite;vorgezogen, weil\r\n");
        foreach (var row in rows)
        {
            var a = row.Area;
            text.AppendJoin(';', [a.Key, Cell(a.Name), Cell(a.DistrictName), a.Population.ToString(German), a.Value?.ToString(German) ?? "", state.Goal.Target.ToString(German), a.Gap?.ToString(German) ?? "",
                a.Standing.Word(), Cell(a.Assignee), a.AssignedUntil?.ToString("dd.MM.yyyy", German) ?? "", row.Priority?.Points.ToString(German) ?? "", row.SeatsInReach?.ToString("0", German) ?? "", Cell(row.Reason)]).Append("\r\n");
        }
        text.Append(German, $"\r\n{Cell($"{state.Goal.Title}. {state.Indicator.Name}: {source}")}\r\n");
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>Quoted where needed; a leading = + - @ is defused, because spreadsheets would calculate with it.</summary>
    internal static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "";
        if (value[0] is '=' or '+' or '-' or '@' or '\t') value = "'" + value;
        return value.AsSpan().IndexOfAny(";\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
