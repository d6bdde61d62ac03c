using Anlauf.Platform.Access;
using Anlauf.Platform.Audit;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Organisation.Persons;

/// <summary>Finds persons exactly as the list of persons does, and only for those who may open it. Who is shown stands in the log as if the page had been opened.</summary>
internal sealed class PersonSearch(PersonRegister register, Rights rights, AuditLog audit) : ISearchPart
{
    public async Task<IReadOnlyList<SearchHit>> FindAsync(string text, CancellationToken ct)
    {
        if (!await rights.HoldsAsync(OrganisationPermissions.ReadPeople, ct)) return [];
        var found = await register.ListAsync(new(text, null), "name", false, 0, 5, ct);
        foreach (var person in found) await audit.ReadAsync("/suche", "", person.Id, null, ct);
        return [.. found.Select(p => new SearchHit("Personen", p.Name, p.Offices.Length > 0 ? p.Offices[0] : p.Division, $"/verwaltung/personen/{p.Id}"))];
    }
}
