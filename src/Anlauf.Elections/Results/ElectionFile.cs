namespace Anlauf.Elections.Results;

/// <summary>What was elected.</summary>
public enum ElectionKind
{
    /// <summary>Councils of municipalities, including the councils of cities that are their own district.</summary>
    MunicipalCouncil,

    /// <summary>The parliament of a state; votes are list votes (Zweitstimmen).</summary>
    StateParliament,
}

/// <summary>The result of one election, municipality by municipality, as the statistical office published it.</summary>
/// <param name="Id">Short name used on the command line and in addresses, such as <c>gr-sn-2024</c>.</param>
/// <param name="Title">German title.</param>
/// <param name="Kind">What was elected.</param>
/// <param name="State">Key of the state, two digits.</param>
/// <param name="Day">Election day.</param>
/// <param name="Source">Source line to be shown with every figure.</param>
/// <param name="Lists">Names of all lists of the file in its order.</param>
/// <param name="Municipalities">One result for each municipality, ordered by key.</param>
public sealed record ElectionFile(
    string Id, string Title, ElectionKind Kind, string State, DateOnly Day, string Source,
    IReadOnlyList<string> Lists, IReadOnlyList<MunicipalResult> Municipalities);

/// <summary>The result in one municipality, under the key that was valid on election day.</summary>
/// <param name="Ags">Official municipality key, eight digits.</param>
/// <param name="Name">Name as printed in the file.</param>
/// <param name="Eligible">People entitled to vote.</param>
/// <param name="Voters">People who voted. Where postal votes are counted by a neighbour this is no basis for a turnout.</param>
/// <param name="ValidVotes">Valid votes; in municipal elections up to three for each voter.</param>
/// <param name="Lists">One entry for each list of the file, in its order.</param>
/// <param name="Line">Row of the sheet.</param>
public sealed record MunicipalResult(
    string Ags, string Name, int Eligible, int Voters, long ValidVotes, IReadOnlyList<ListResult> Lists, int Line);

/// <summary>What a list got in a municipality.</summary>
/// <param name="List">Name of the list as in the file.</param>
/// <param name="Votes">Votes; null when the list did not stand, which is not the same as zero votes.</param>
/// <param name="Seats">Seats, where the file has them.</param>
public sealed record ListResult(string List, long? Votes, int? Seats = null)
{
    /// <summary>True when the list could be voted for here.</summary>
    public bool Stood => Votes is not null;
}
