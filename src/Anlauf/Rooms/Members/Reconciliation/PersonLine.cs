namespace Anlauf.Rooms.Members.Reconciliation;

/// <summary>One person of a file, every cell understood. Null is „the file does not say“, never „remove it“.</summary>
/// <param name="Left">Day the membership ended.</param>
/// <param name="Newsletter">Consent to newsletters as the file has it.</param>
public sealed record PersonLine(int Line, string? Number, string? Title, string Given, string Family, DateOnly? Birth, string? Street, string? PostalCode, string? Ags, string? Place,
    string? Email, string? Phone, string Kind, DateOnly? Received, DateOnly? Left, bool? Newsletter)
{
    /// <summary>„Markt 1, 09661 Hainichen“; null where the file says nothing of it.</summary>
    public string? Address => Register.Admit.Address(Street, PostalCode, Place);
}

/// <summary>A cell that cannot be taken as it stands.</summary>
/// <param name="Raw">What stands there, „leer“ for nothing.</param>
/// <param name="Message">What is wrong and what helps.</param>
/// <param name="Repair">What it is most likely meant to be; null where only a person can say.</param>
/// <param name="FieldId">Field whose cell can be corrected; null where there is none.</param>
/// <param name="Value">The whole cell.</param>
public sealed record CellProblem(int Line, string Field, string Raw, string Message, string? Repair = null, string? FieldId = null, string Value = "");

/// <summary>Municipalities to find places by; made once for a whole file.</summary>
public sealed class Places(IEnumerable<(string Ags, string Name, string PostalCode)> known)
{
    private readonly ILookup<string, (string Ags, string Name, string PostalCode)> byCode = known.ToLookup(k => k.PostalCode);
    private readonly ILookup<string, (string Ags, string Name, string PostalCode)> byName = known.ToLookup(k => k.Name.ToLowerInvariant());

    /// <summary>The municipality; null where there is none or more than one, which <paramref name="message"/> says.</summary>
    public (string Ags, string Name)? Find(string code, string place, out string? message)
    {
        message = null;
        var found = (code.Length > 0 ? byCode[code] : byName[place.ToLowerInvariant()]).DistinctBy(k => k.Ags).ToList();
        if (code.Length > 0 && place.Length > 0 && found.Where(k => string.Equals(k.Name, place, StringComparison.OrdinalIgnoreCase)).ToList() is { Count: 1 } exact) return (exact[0].Ags, exact[0].Name);
        if (found.Count == 1) return (found[0].Ags, found[0].Name);
        message = found.Count == 0 ? (code.Length > 0 ? $"Zur Postleitzahl {code} kennen wir keine Gemeinde" : "Diese Gemeinde kennen wir nicht. Bei einem Ortsteil nennen Sie die Gemeinde")
            : $"Gibt es mehrmals: {string.Join(", ", found.Take(4).Select(f => f.Name + (code.Length > 0 ? "" : $" ({f.PostalCode})")).Distinct())}. Nennen Sie Postleitzahl und Gemeinde";
        return null;
    }
}
