using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Organisation;

/// <summary>Somebody takes an office from a day on. Two people of one name are kept apart: a known person is chosen, a new one is entered.</summary>
public sealed class FillOffice(Db db, Actor actor)
{
    public sealed class Input
    {
        public int OfficeId { get; set; }
        /// <summary>A person the register knows; null enters a new one.</summary>
        public int? PersonId { get; set; }
        [MaxLength(80, ErrorMessage = "Der Vorname ist zu lang: höchstens 80 Zeichen")] public string? GivenName { get; set; }
        [MaxLength(80, ErrorMessage = "Der Nachname ist zu lang: höchstens 80 Zeichen")] public string? FamilyName { get; set; }
        [Required(ErrorMessage = "Nennen Sie den ersten Tag im Amt")] public DateOnly? ValidFrom { get; set; }
        public DateOnly? ValidTo { get; set; }
    }

    private sealed record Office(int Id, int DivisionId, string Name, string? RoleId, bool MayEdit, bool MayGrant);

    /// <summary>Writes the holding; returns its id.</summary>
    public async Task<Outcome<int>> HandleAsync(Input input, CancellationToken ct = default)
    {
        if (input.ValidTo < input.ValidFrom) return new Refusal("Das Ende liegt vor dem Anfang. Prüfen Sie beide Daten", nameof(Input.ValidTo));
        var office = await db.SingleAsync<Office>("""
            select id, division_id, name, role_id, division_id = any ((select access.editable_divisions('P1', 'organisation'))::integer[]) as may_edit, access.may_grant(role_id, division_id) as may_grant
            from organisation.office where id = @OfficeId
            """, input, ct);
        if (office is not { MayEdit: true }) return new Refusal("Ämter dieser Gliederung können Sie nicht besetzen");
        if (!office.MayGrant) return new Refusal("Dieses Amt darf mehr, als Sie hier selbst dürfen. Bitten Sie die Landesgeschäftsführung darum");
        if (input.PersonId is not null && input.PersonId == actor.PersonId) return new Refusal("Sich selbst setzt niemand in ein Amt ein. Bitten Sie jemanden, der die Ämter führt", nameof(Input.PersonId));
        if (input.PersonId is null && string.IsNullOrWhiteSpace(input.FamilyName)) return new Refusal("Wählen Sie eine Person, oder nennen Sie Vor- und Nachnamen", nameof(Input.FamilyName));
        if (input.PersonId is null && string.IsNullOrWhiteSpace(input.GivenName)) return new Refusal("Nennen Sie auch den Vornamen", nameof(Input.GivenName));
        return await db.InTransactionAsync<Outcome<int>>(async () =>
        {
            if (input.PersonId is { } known && !await db.ScalarAsync<bool>("select exists (select from organisation.person where id = @known)", new { known }, ct))
                return new Refusal("Diese Person gibt es nicht, oder Sie dürfen sie nicht sehen", nameof(Input.PersonId));
            var person = input.PersonId ?? await db.ScalarAsync<int>(
                "insert into organisation.person (division_id, given_name, family_name) values (@DivisionId, @given, @family) returning id", new { office.DivisionId, given = input.GivenName!.Trim(), family = input.FamilyName!.Trim() }, ct);
            var values = new { office.Id, person, input.ValidFrom, input.ValidTo };
            if (await db.ScalarAsync<bool>("""
                    select exists (select from organisation.office_holding where office_id = @Id and person_id = @person and daterange(valid_from, valid_to, '[]') && daterange(@ValidFrom, @ValidTo, '[]'))
                    """, values, ct))
                return new Refusal("Diese Person hat das Amt in dieser Zeit schon", nameof(Input.ValidFrom));
            return await db.ScalarAsync<int>("insert into organisation.office_holding (office_id, person_id, valid_from, valid_to) values (@Id, @person, @ValidFrom, @ValidTo) returning id", values, ct);
        }, ct);
    }
}

/// <summary>An office ends for its holder on a day: the rights end with it, the office stays and is vacant.</summary>
public sealed class EndHolding(Db db, Actor actor)
{
    public sealed class Input
    {
        public int Id { get; set; }
        [Required(ErrorMessage = "Nennen Sie den letzten Tag im Amt")] public DateOnly? ValidTo { get; set; }
    }

    /// <summary>Writes the end; returns the id.</summary>
    public async Task<Outcome<int>> HandleAsync(Input input, CancellationToken ct = default)
    {
        var (from, to, person) = await db.SingleAsync<(DateOnly? From, DateOnly? To, int? Person)>("select valid_from, valid_to, person_id from organisation.office_holding where id = @Id", input, ct);
        if (person is not null && person == actor.PersonId && (to is null ? input.ValidTo is null : input.ValidTo > to)) return new Refusal("Die eigene Amtszeit verlängert niemand selbst. Bitten Sie jemanden, der die Ämter führt", nameof(Input.ValidTo));
        if (input.ValidTo < from) return new Refusal($"Das Amt begann am {from:d.M.yyyy}, so früh kann es nicht enden", nameof(Input.ValidTo));
        return await db.ExecuteAsync("update organisation.office_holding set valid_to = @ValidTo where id = @Id", input, ct) == 1 ? input.Id
            : new Refusal("Ämter dieser Gliederung können Sie nicht ändern");
    }
}
