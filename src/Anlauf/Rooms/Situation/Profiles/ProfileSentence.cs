using Anlauf.Platform.Web.Components;

namespace Anlauf.Rooms.Situation.Profiles;

/// <summary>The sentence above the profile of an area. Pure, with singular, plural and zero written out.</summary>
public static class ProfileSentence
{
    /// <summary>„In Striegistal ist eines von fünf Zielen erreicht. Um zwei kümmert sich jemand, um zwei noch niemand.“</summary>
    public static IReadOnlyList<SituationSentence.Piece> OfMunicipality(string name, int reached, int underWay, int missing, int unknown)
    {
        var total = reached + underWay + missing + unknown;
        if (total == 0) return [new($"Für {name} gilt noch kein Ziel.")];
        List<SituationSentence.Piece> pieces = (reached, total) switch
        {
            (1, 1) => [new($"In {name} ist "), new("das eine Ziel", Standing.Reached), new(" erreicht.")],
            (0, 1) => [new($"In {name} ist "), new("das eine Ziel", Standing.Missing), new(" noch nicht erreicht.")],
            (0, _) => [new($"In {name} ist "), new($"keines von {Wording.InWords(total)} Zielen", Standing.Missing), new(" erreicht.")],
            var (r, t) when r == t => [new($"In {name} sind "), new($"alle {Wording.InWords(t)} Ziele", Standing.Reached), new(" erreicht.")],
            (1, var t) => [new($"In {name} ist "), new($"eines von {Wording.InWords(t)} Zielen", Standing.Reached), new(" erreicht.")],
            var (r, t) => [new($"In {name} sind "), new($"{Wording.InWords(r)} von {Wording.InWords(t)} Zielen", Standing.Reached), new(" erreicht.")],
        };
        string N(int n) => n == 1 ? "eines" : Wording.InWords(n);
        pieces.AddRange((underWay, missing) switch
        {
            (0, 0) => [],
            (0, var m) => [new(" Um "), new(total == 1 ? "es" : N(m), Standing.Missing), new(" kümmert sich noch niemand.")],
            (var w, 0) => [new(" Um "), new(total == 1 ? "es" : N(w), Standing.UnderWay), new(" kümmert sich jemand.")],
            var (w, m) => new SituationSentence.Piece[] { new(" Um "), new(N(w), Standing.UnderWay), new(" kümmert sich jemand, um "), new(N(m) + " noch niemand", Standing.Missing), new(".") },
        });
        return pieces;
    }
}
