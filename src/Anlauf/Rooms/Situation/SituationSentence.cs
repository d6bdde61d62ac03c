using Anlauf.Platform.Web.Components;

namespace Anlauf.Rooms.Situation;

/// <summary>The sentence above the Lage, in pieces: text, and numbers with their state. Pure, with singular, plural and zero written out.</summary>
public static class SituationSentence
{
    /// <summary>A piece; <paramref name="Standing"/> null is plain text.</summary>
    public sealed record Piece(string Text, Standing? Standing = null);

    /// <summary>„In 270 von 418 Gemeinden steht eine eigene Liste. Um 90 weiße Flecken kümmert sich jemand, um 58 noch niemand.“</summary>
    public static IReadOnlyList<Piece> Of(GoalCount count, IIndicator indicator)
    {
        if (count.Total == 0) return [new("Für dieses Ziel gibt es hier keine Gebiete.")];
        var (one, many, dative) = count.Goal.Areas;
        var feminine = one == "Gemeinde";
        var where = (count.Reached, count.Total) switch
        {
            (0, _) => $"{(feminine ? "keiner" : "keinem")} der {Wording.Number(count.Total)} {many}",
            (1, 1) => $"{(feminine ? "der" : "dem")} einen {one}",
            var (r, t) when r == t => $"allen {Wording.Number(t)} {dative}",
            var (r, t) => $"{Wording.Number(r)} von {Wording.Number(t)} {dative}",
        };
        return [new("In "), new(where, Standing.Reached), new($" {indicator.Clause(count.Goal.AtLeast, count.Goal.Target)}."), .. Gaps(count.UnderWay, count.Missing), .. Unknown(count.Unknown, one, many)];
    }

    /// <summary>The same as one string, for titles, maps and mails.</summary>
    public static string Text(GoalCount count, IIndicator indicator) => string.Concat(Of(count, indicator).Select(p => p.Text));

    private static Piece[] Gaps(int underWay, int missing) => (underWay, missing) switch
    {
        (0, 0) => [],
        (0, 1) => [new(" Um "), new("einen weißen Fleck", Standing.Missing), new(" kümmert sich noch niemand.")],
        (0, _) => [new(" Um "), new($"{Wording.Number(missing)} weiße Flecken", Standing.Missing), new(" kümmert sich noch niemand.")],
        (1, 0) => [new(" Um "), new("den einen weißen Fleck", Standing.UnderWay), new(" kümmert sich jemand.")],
        (_, 0) => [new(" Um "), new($"alle {Wording.Number(underWay)} weißen Flecken", Standing.UnderWay), new(" kümmert sich jemand.")],
        _ =>
        [
            new(" Um "), new(underWay == 1 ? "einen weißen Fleck" : $"{Wording.Number(underWay)} weiße Flecken", Standing.UnderWay), new(" kümmert sich jemand, um "),
            new(missing == 1 ? "einen noch niemand" : $"{Wording.Number(missing)} noch niemand", Standing.Missing), new("."),
        ],
    };

    private static Piece[] Unknown(int unknown, string one, string many) =>
        unknown == 0 ? [] : [new(" Für "), new(unknown == 1 ? $"{(one == "Gemeinde" ? "eine" : "einen")} {one}" : $"{Wording.Number(unknown)} {many}", Standing.Unknown), new(" gibt es keine Angabe.")];
}
