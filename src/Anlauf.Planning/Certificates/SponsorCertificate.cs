namespace Anlauf.Planning.Certificates;

/// <summary>
/// Proof about connected plans: under these multipliers an exhaustive search over the connected sets, pruned by the
/// Lagrangian bound alone, finds no plan that costs at most the threshold. Without multipliers: no division into
/// connected sets exists at all, whatever it costs.
/// </summary>
/// <param name="Threshold">no plan costs at most this</param>
/// <param name="Scale">multipliers are whole numbers of 1 ÷ scale of a cost unit</param>
/// <param name="Multipliers">one per constituency, or empty</param>
public sealed record AreaProof(long Threshold, long Scale, IReadOnlyList<long> Multipliers);

/// <summary>
/// Proof about plans without regard to connectedness: the tree of a search over all (member, set) within the load window
/// that leave room below the threshold, in the form of <see cref="AssignmentProof"/>'s trees.
/// </summary>
/// <param name="Threshold">no plan costs at most this</param>
/// <param name="Scale">multipliers are whole numbers of 1 ÷ scale of a cost unit</param>
/// <param name="Tree">passes, branches and ends in preorder</param>
public sealed record ColumnProof(long Threshold, long Scale, byte[] Tree);

/// <summary>Certificate of deputies × constituencies (family sponsor).</summary>
public sealed record SponsorCertificate : Certificate
{
    /// <inheritdoc/>
    public override string Family => "sponsor";

    /// <summary>Member of each constituency, or none.</summary>
    public IReadOnlyList<int>? MemberOf { get; init; }

    /// <summary>Proof without regard to connectedness; it bounds connected plans too.</summary>
    public AssignmentProof? Loads { get; init; }

    /// <summary>Proof without regard to connectedness by listed sets.</summary>
    public ColumnProof? Columns { get; init; }

    /// <summary>Proof about connected plans.</summary>
    public AreaProof? Areas { get; init; }

    /// <summary>For an impossible window: the least tolerance that works, in thousandths of the mean load, or none.</summary>
    public int? LeastTolerancePermille { get; init; }

    /// <summary>A plan at the least tolerance.</summary>
    public IReadOnlyList<int>? LeastPlan { get; init; }

    /// <summary>Without connectedness: proof that a thousandth less does not work (with all costs 0).</summary>
    public AssignmentProof? LeastProof { get; init; }

    /// <summary>Multipliers in cost units, a start for similar problems, not part of the proof.</summary>
    public IReadOnlyList<double>? Start { get; init; }
}
