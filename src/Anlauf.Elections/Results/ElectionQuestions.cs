namespace Anlauf.Elections.Results;

/// <summary>Questions asked of one election result.</summary>
public static class ElectionQuestions
{
    /// <summary>Municipalities where the list did not stand, ordered by key.</summary>
    public static IReadOnlyList<MunicipalResult> WithoutList(this ElectionFile election, string party) =>
        [.. election.Municipalities.Where(m => m.Lists.All(l => !(l.Stood && PartyName.Same(l.List, party))))];

    /// <summary>
    /// How much of a list's vote comes from the municipalities chosen, beside how much of all valid votes does:
    /// the comparison of requirement Q4 (for example „outside the three big cities“).
    /// </summary>
    public static VoteOrigin OriginOfVotes(this ElectionFile election, string party, Func<MunicipalResult, bool> chosen)
    {
        long list = 0, listChosen = 0, all = 0, allChosen = 0;
        foreach (var municipality in election.Municipalities)
        {
            var votes = municipality.Lists.Where(l => PartyName.Same(l.List, party)).Sum(l => l.Votes ?? 0);
            var inside = chosen(municipality);
            list += votes;
            all += municipality.ValidVotes;
            if (!inside) continue;
            listChosen += votes;
            allChosen += municipality.ValidVotes;
        }
        return new VoteOrigin(listChosen, list, allChosen, all);
    }
}

/// <summary>Votes of a list and of all lists, in chosen municipalities and overall.</summary>
public readonly record struct VoteOrigin(long ListChosen, long ListAll, long AllChosen, long AllAll)
{
    /// <summary>Share of the list's votes that comes from the chosen municipalities, 0 to 1; null without votes.</summary>
    public double? ShareOfList => ListAll == 0 ? null : (double)ListChosen / ListAll;

    /// <summary>Share of all valid votes that comes from the chosen municipalities, 0 to 1; null without votes.</summary>
    public double? ShareOfAll => AllAll == 0 ? null : (double)AllChosen / AllAll;
}

/// <summary>Compares names of parties as people write them.</summary>
public static class PartyName
{
    /// <summary>True when both names mean the same list: letter case, blanks, marks and a leading „Die“ do not matter.</summary>
    public static bool Same(string one, string other) => Key(one) == Key(other);

    /// <summary>The name without letter case, blanks, marks and the leading „Die“, for comparing.</summary>
    public static string Key(string name)
    {
        var letters = string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return letters switch
        {
            "BÜNDNIS90DIEGRÜNEN" or "DIEGRÜNEN" or "BÜNDNIS90GRÜNE" => "GRÜNE",
            "DIEPARTEI" => letters,
            _ when letters.StartsWith("DIE", StringComparison.Ordinal) && letters.Length > 3 && name.StartsWith("die ", StringComparison.OrdinalIgnoreCase) => letters[3..],
            _ => letters,
        };
    }
}
