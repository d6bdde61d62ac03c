using Anlauf.Planning.Routes.MobileOffice;

namespace Anlauf.Planning.Certificates;

/// <summary>Proof for a mobile office: the timetable and a price for a visit to each town.</summary>
public sealed record MobileOfficeCertificate : Certificate
{
    /// <inheritdoc/>
    public override string Family => "mobile";

    /// <summary>The timetable.</summary>
    public required MobileOfficePlan Plan { get; init; }

    /// <summary>Price of a visit to each town, in units of 1 ÷ scale of the value.</summary>
    public required IReadOnlyList<long> Prices { get; init; }

    /// <summary>Unit of the prices.</summary>
    public required long Scale { get; init; }

    /// <summary>A town of each part whose bound is shown by trying every choice of tours that the prices leave.</summary>
    public required IReadOnlyList<int> Searched { get; init; }

    /// <summary>Parts whose bound is shown as one of maximal covering: listed tours are the sites, towns the clients.</summary>
    public IReadOnlyList<CoveringProof> Coverings { get; init; } = [];

    /// <summary>A town with demanded visits that no bus can reach, as proof that no plan exists.</summary>
    public int? UnreachableTown { get; init; }
}

/// <summary>
/// Proof that the tours of a part cover no more: a tree of cases as for locations. Its sites are the tours that no other
/// contains with one town more, ordered by length, then by towns; its clients are the towns of the part in rising order. A demanded
/// visit weighs 1 + the value of all visits of the problem more, which the bound leaves out again.
/// </summary>
/// <param name="Town">a town of the part</param>
/// <param name="Bound">most value of the part; below zero: demanded visits cannot all be made</param>
/// <param name="Scale">unit of the multipliers</param>
/// <param name="Proof">the tree, layout in docs/rooms/planning.md</param>
public sealed record CoveringProof(int Town, long Bound, long Scale, string Proof);
