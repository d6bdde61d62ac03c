using Anlauf.Platform.Access;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Organisation.Persons;

/// <summary>Finds persons exactly as the list of persons does, and only for those who may open it.</summary>
internal sealed class PersonSearch(PersonRegister register, Rights rights) : ISearchPart
{
    public async Task<IReadOnlyList<SearchHit>> FindAsync(string text, CancellationToken ct) => !await rights.HoldsAsync(OrganisationPermissions.ReadPeople, ct) ? []
        : [.. (await register.ListAsync(new(text, null), "name", false, 0, 5, ct)).Select(p => new SearchHit("Personen", p.Name, p.Offices.Length > 0 ? p.Offices[0] : p.Division, $"/verwaltung/personen/{p.Id}"))];
}
