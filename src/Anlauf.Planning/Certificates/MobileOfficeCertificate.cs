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

    /// <summary>A town with demanded visits that no bus can reach, as proof that no plan exists.</summary>
    public int? UnreachableTown { get; init; }
}
