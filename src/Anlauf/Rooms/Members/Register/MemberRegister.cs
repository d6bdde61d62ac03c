using Anlauf.Platform.Database;
using Anlauf.Rooms.Organisation.Persons;

namespace Anlauf.Rooms.Members.Register;

/// <summary>Reads what belongs to one member, as far as the acting person reaches.</summary>
public sealed class MemberRegister(Db db)
{
    public sealed record Person(int Id, string Name, int DivisionId, string Division, string? Email, string? Phone, bool MayContact, string MayCall, bool MayKeep, bool MayEdit)
    {
        /// <summary>What a call rests on.</summary>
        public CallBasis Call => new(MayCall);
    }
    /// <param name="Place">Municipality of the main residence.</param>
    public sealed record Membership(int Id, int PersonId, string Kind, string State, string Division, string DivisionSlug, string? MemberNumber, DateOnly? DeclaredOn, DateOnly? ReceivedOn, DateOnly? EnteredOn,
        DateOnly? ObjectionUntil, DateOnly? EffectiveOn, DateOnly? LeftOn, string? LeftReason, string? Place, string? SourceCode, bool Extended, DateOnly? DuesPaidOn, DateOnly? ObjectedOn, DateOnly? DecidedOn, bool? Accepted, int DivisionId)
    {
        /// <summary>Still under way: neither a member yet nor refused.</summary>
        public bool Waits => State is "applied" or "awaiting-decision" or "awaiting-objection";
    }
    public sealed record Trait(int Id, string Kind, string Label);

    /// <summary>The person; null where the acting person does not see them.</summary>
    public Task<Person?> FindAsync(int id, CancellationToken ct = default) => db.SingleAsync<Person>("""
        select p.id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name) as name, p.division_id, d.name as division, p.email, p.phone, privacy.may_contact(p.id) as may_contact, members.call_basis(p.id) as may_call,
          coalesce(p.division_id = any ((select access.divisions_for('P2', 'membership', 'edit'))::integer[]), false) as may_keep,
          coalesce(p.division_id = any ((select access.divisions_for('P2', 'people', 'edit'))::integer[]), false) as may_edit
        from organisation.person p join organisation.division d on d.id = p.division_id where p.id = @id
        """, new { id }, ct);

    private const string Memberships = """
        select m.id, m.person_id, m.kind, m.state, d.name as division, d.slug as division_slug, m.member_number, m.declared_on, m.received_on, m.entered_on, m.objection_until, m.effective_on, m.left_on, m.left_reason,
          t.short_name as place, m.source_code, m.extended, m.dues_paid_on, m.objected_on, m.decided_on, m.accepted, m.division_id
        from members.party_membership m join organisation.division d on d.id = m.division_id left join territory.municipality t on t.ags = m.area_key
        """;

    /// <summary>All memberships, those that hold first.</summary>
    public Task<IReadOnlyList<Membership>> MembershipsAsync(int person, CancellationToken ct = default) => db.QueryAsync<Membership>(Memberships + " where m.person_id = @person order by m.left_on desc nulls first, m.kind = 'member' desc, m.id desc", new { person }, ct);

    /// <summary>One membership that the acting person keeps.</summary>
    public Task<Membership?> KeptAsync(int id, CancellationToken ct = default) =>
        db.SingleAsync<Membership>(Memberships + " where m.id = @id and m.division_id = any ((select access.divisions_for('P2', 'membership', 'edit'))::integer[])", new { id }, ct);

    /// <summary>Interests, skills and offers.</summary>
    public Task<IReadOnlyList<Trait>> TraitsAsync(int person, CancellationToken ct = default) =>
        db.QueryAsync<Trait>("select id, kind, label from members.trait where person_id = @person order by kind, label collate \"de-x-icu\"", new { person }, ct);

    /// <summary>Clubs and initiatives, only those the person shows (all where it is oneself).</summary>
    public Task<IReadOnlyList<string>> TiesAsync(int person, CancellationToken ct = default) => db.QueryAsync<string>("select name from members.tie where person_id = @person order by name collate \"de-x-icu\"", new { person }, ct);

    /// <summary>Those who moved away from the acting person's divisions and consented to stay linked.</summary>
    public Task<IReadOnlyList<(string Name, string? Contact, DateOnly Since, string Home)>> HomeBondsAsync(CancellationToken ct = default) =>
        db.QueryAsync<(string, string?, DateOnly, string)>("select name, contact, since, home from members.home_bonds()", ct: ct);

    /// <summary>Divisions in which the acting person keeps memberships.</summary>
    public Task<IReadOnlyList<(int Id, string Name)>> DivisionsAsync(CancellationToken ct = default) => db.QueryAsync<(int, string)>("""
        select id, name from organisation.division where dissolved_on is null and id = any ((select access.divisions_for('P2', 'membership', 'edit'))::integer[]) order by parent_id nulls first, name collate "de-x-icu"
        """, ct: ct);

    /// <summary>Divisions somebody may move to.</summary>
    public Task<IReadOnlyList<(int Id, string Name)>> AllDivisionsAsync(CancellationToken ct = default) =>
        db.QueryAsync<(int, string)>("select id, name from organisation.division where dissolved_on is null order by parent_id nulls first, name collate \"de-x-icu\"", ct: ct);
}
