namespace Anlauf.Planning.Certificates;

/// <summary>Proof that no plan costs at most a threshold: a tree over the agents of jobs, each leaf closed by multipliers.</summary>
/// <param name="Threshold">no plan costs at most this</param>
/// <param name="Scale">multipliers are whole numbers of 1 ÷ scale of a cost unit</param>
/// <param name="Unit">weight of one cell in the knapsack table of each agent</param>
/// <param name="Tree">nodes in preorder, see <c>ProofWriter</c> for the format; Base64 in JSON</param>
public sealed record AssignmentProof(long Threshold, long Scale, IReadOnlyList<long> Unit, byte[] Tree);

/// <summary>Certificate of a generalised assignment problem (family gap).</summary>
public sealed record GapCertificate : Certificate
{
    /// <inheritdoc/>
    public override string Family => "gap";

    /// <summary>Agent of each job, or none.</summary>
    public IReadOnlyList<int>? AgentOf { get; init; }

    /// <summary>Proof of the bound, or of impossibility when its threshold is at least the cost of the dearest plan.</summary>
    public required AssignmentProof Proof { get; init; }

    /// <summary>Multipliers at the root, in cost units: a start for similar problems, not part of the proof.</summary>
    public IReadOnlyList<double>? Multipliers { get; init; }
}
