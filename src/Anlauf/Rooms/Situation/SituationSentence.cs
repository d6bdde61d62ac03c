using Anlauf.Platform.Web.Components;

namespace Anlauf.Rooms.Situation;

/// <summary>The sentence above the Lage, in pieces: text, and numbers with their state. Pure, with singular, plural and zero written out.</summary>
public static class SituationSentence
{
    /// <summary>A piece; <paramref name="Standing"/> null is plain text.</summary>
    public sealed record Piece(string Text, Standing? Standing = null);

    /// <summary>„In 270 von 418 Gemeinden ist das Ziel erreicht. Um 90 weiße Flecken kümmert sich jemand, um 58 noch niemand.“</summary>
    public static IReadOnlyList<Piece> Of(GoalCoverage coverage)
    {
        var (one, many, dative) = coverage.Goal.Areas;
        var total = coverage.Areas.Count;
        if (total == 0) return [new("Für dieses Ziel gibt es hier keine Gebiete.")];
        if (coverage.Reached == total) return [new("In "), new(total == 1 ? $"der einen {one}" : $"allen {N(total)} {dative}", Standing.Reached), new(" ist das Ziel erreicht.")];
        var pieces = new List<Piece>();
        if (coverage.Reached == 0) pieces.AddRange([new("Noch in "), new($"{(one == "Gemeinde" ? "keiner" : "keinem")} von {N(total)} {dative}", Standing.Reached), new(" ist das Ziel erreicht.")]);
        else pieces.AddRange([new("In "), new($"{N(coverage.Reached)} von {N(total)} {dative}", Standing.Reached), new(" ist das Ziel erreicht.")]);
        pieces.AddRange((coverage.UnderWay, coverage.Missing) switch
        {
            (0, 0) => [],
            (0, 1) => [new(" Um "), new("einen weißen Fleck", Standing.Missing), new(" kümmert sich noch niemand.")],
            (0, var m) => [new(" Um "), new($"{N(m)} weiße Flecken", Standing.Missing), new(" kümmert sich noch niemand.")],
            (var w, 0) => [new(" Um "), new(w == 1 ? "den einen weißen Fleck" : $"alle {N(w)} weißen Flecken", Standing.UnderWay), new(" kümmert sich jemand.")],
            var (w, m) => [new(" Um "), new(w == 1 ? "einen weißen Fleck" : $"{N(w)} weiße Flecken", Standing.UnderWay), new(" kümmert sich jemand, um "), new(m == 1 ? "einen noch niemand" : $"{N(m)} noch niemand", Standing.Missing), new(".")],
        });
        if (coverage.Unknown > 0) pieces.AddRange([new(" Für "), new(coverage.Unknown == 1 ? $"eine {one}" : $"{N(coverage.Unknown)} {many}", Standing.Unknown), new(" gibt es keine Angabe.")]);
        return pieces;
    }

    /// <summary>The same as one string, for titles and mails.</summary>
    public static string Text(GoalCoverage coverage) => string.Concat(Of(coverage).Select(p => p.Text));

    private static string N(int n) => n.ToString("N0", System.Globalization.CultureInfo.GetCultureInfo("de-DE"));
}
