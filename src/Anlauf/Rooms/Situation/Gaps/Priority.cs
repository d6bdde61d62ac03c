namespace Anlauf.Rooms.Situation.Gaps;

/// <summary>
/// Where to begin among white spots: an aid to memory, no forecast. 0–4 for people we know, 0–3 for how near help is, 0–3 for how
/// many people can be reached. Requirement J3; the weights are ours.
/// </summary>
/// <param name="Known">0–4: members in the municipality.</param>
/// <param name="Near">0–3: distance to the nearest contact point.</param>
/// <param name="Reach">0–3: inhabitants, a last result above the middle of the state, a seat within reach.</param>
public sealed record Priority(int Known, int Near, int Reach)
{
    /// <summary>All points, 0–10.</summary>
    public int Points => Known + Near + Reach;

    /// <summary>The same as dots, 0–5.</summary>
    public int Dots => (Points + 1) / 2;

    /// <summary>The points of a municipality.</summary>
    /// <param name="members">Members; null where there are fewer than five and the reader may not know how many.</param>
    /// <param name="kilometres">To the nearest contact point as the crow flies; null where there is none.</param>
    /// <param name="population">Inhabitants.</param>
    /// <param name="share">Own share of the votes in percent; null where the list did not stand.</param>
    /// <param name="middleShare">Middle of the shares of all municipalities.</param>
    /// <param name="seats">Seats within reach; null where the council is not known.</param>
    public static Priority Of(decimal? members, double? kilometres, int population, decimal? share, decimal? middleShare, decimal? seats) => new(
        members switch { null => 1, 0 => 0, < 3 => 1, < 6 => 2, < 11 => 3, _ => 4 },
        kilometres switch { null => 0, < 5 => 3, < 10 => 2, < 20 => 1, _ => 0 },
        (population < 5_000 ? 0 : 1) + (share > middleShare ? 1 : 0) + (seats >= 1 ? 1 : 0));
}
