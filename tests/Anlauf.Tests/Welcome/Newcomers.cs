using Anlauf.Platform.Database;

namespace Anlauf.Tests.Welcome;

/// <summary>New members and those who welcome them, put into the association as its offices would.</summary>
internal static class Newcomers
{
    public const string Hainichen = "14522230", Freiberg = "14522180";

    public static Task<int> PersonAsync(this AssociationDatabase house, string division, string family, string? phone = null) => house.AskAsync<int>(
        "insert into organisation.person (division_id, given_name, family_name, phone) select id, 'Neu', @family, @phone from organisation.division where slug = @division returning id", new { division, family, phone });

    /// <summary>A membership received some days ago; its arrival opens by itself. Returns the arrival, 0 where none opened.</summary>
    public static async Task<int> JoinsAsync(this AssociationDatabase house, string family, int day = 0, string division = "kreis-14522", string? area = Hainichen, int? entered = null, string state = "active", int? effective = null)
    {
        var person = await house.PersonAsync(division, family, "0171 3920011");
        await house.TellAsync("""
            insert into members.party_membership (person_id, division_id, kind, state, declared_on, received_on, entered_on, objection_until, area_key)
            select @person, division_id, 'member', @state, current_date - @day, current_date - @day, current_date - @day + @entered, current_date + @effective, @area from organisation.person where id = @person
            """, new { person, day, entered, state, area, effective });
        return await house.AskAsync<int>("select coalesce((select id from welcome.arrival where person_id = @person), 0)", new { person });
    }

    /// <summary>Makes somebody a contact of a division; returns the contact's person.</summary>
    public static async Task<int> ContactAsync(this AssociationDatabase house, string division, string family, int capacity = 10)
    {
        var person = await house.PersonAsync(division, family);
        await house.TellAsync("insert into welcome.contact (division_id, person_id, capacity) select id, @person, @capacity from organisation.division where slug = @division", new { division, person, capacity });
        return person;
    }

    /// <summary>Nobody arrives and nobody welcomes: each test begins with an empty room.</summary>
    public static async Task EmptyAsync(this AssociationDatabase house)
    {
        await house.TellAsync("delete from welcome.arrival");
        await house.TellAsync("delete from welcome.contact");
    }

    public sealed record Where(string Slug, int? Contact, string Way);

    public static async Task<Where> WhereAsync(this AssociationDatabase house, int arrival) =>
        (await house.UseAsync<Db, Where?>(null, db => db.SingleAsync<Where>("select d.slug, a.contact_person_id as contact, a.way from welcome.arrival a join organisation.division d on d.id = a.division_id where a.id = @arrival", new { arrival })))!;
}
