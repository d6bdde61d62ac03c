using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace Anlauf.Tests.Access;

/// <summary>An association of any size, the same for the same numbers: one state, districts, local branches, offices, persons (COPY, seeded).</summary>
internal static class NationalSize
{
    private static readonly string[] Given = ["Anna", "Ben", "Clara", "Dilek", "Emil", "Fatma", "Gero", "Hanna", "Ivo", "Jana", "Karim", "Lena", "Mehmet", "Nora", "Olaf", "Paula", "Quirin", "Rosa", "Sven", "Tilda"];
    private static readonly string[] First = ["Acker", "Berg", "Claus", "Dorn", "Eich", "Feld", "Graf", "Hof", "Ihle", "Jung", "Kauf", "Linden", "Möller", "Neu", "Ober", "Pfeif", "Quell", "Rot", "Schön", "Tann", "Ufer", "Voigt", "Wald", "Zahn"];
    private static readonly string[] Last = ["mann", "bach", "er", "sen", "stein", "berg", "hauer", "lich", "ow", "wirth", "aus", "feld", "ner", "i", "kötter", "ing"];

    /// <summary>Ids of who looks: one office with the given role on each level.</summary>
    public sealed record Lookers(int State, int District, int Local, int DistrictDivision, int LocalDivision);

    /// <summary>Fills an empty database; user triggers rest meanwhile, so that the audit does not write half a million entries.</summary>
    /// <param name="owner">Connection of the owner of the tables.</param>
    public static async Task<Lookers> FillAsync(string owner, int persons, int divisions, int seed = 42)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync();
        async Task<T> AskAsync<T>(string sql) { await using var c = new NpgsqlCommand(sql, connection); return (T)(await c.ExecuteScalarAsync())!; }
        async Task TellAsync(string sql) { await using var c = new NpgsqlCommand(sql, connection); await c.ExecuteNonQueryAsync(); }
        var random = new Random(seed);
        var districts = Math.Max(2, divisions / 33);
        await TellAsync($"""
            insert into organisation.division (id, kind, name, short_name, slug) values (1, 'StateAssociation', 'Landesverband', 'LV', 'land');
            insert into organisation.division (id, parent_id, kind, name, short_name, slug) select 1 + n, 1, 'DistrictAssociation', 'Kreisverband ' || n, 'KV ' || n, 'kreis-' || n from generate_series(1, {districts}) n;
            insert into organisation.division (id, parent_id, kind, name, short_name, slug) select 1 + n, 2 + n % {districts}, 'LocalAssociation', 'Ortsverband ' || n, 'OV ' || n, 'ort-' || n from generate_series({districts} + 1, {divisions - 1}) n;
            alter table organisation.person disable trigger user; alter table organisation.office disable trigger user; alter table organisation.office_holding disable trigger user;
            """);
        await using (var copy = await connection.BeginBinaryImportAsync("copy organisation.person (id, division_id, given_name, family_name, email, phone) from stdin (format binary)"))
        {
            for (var id = 1; id <= persons; id++)
            {
                var (given, family) = (Given[random.Next(Given.Length)], First[random.Next(First.Length)] + Last[random.Next(Last.Length)]);
                await copy.StartRowAsync();
                await copy.WriteAsync(id, NpgsqlDbType.Integer);
                // a third belong to the district itself, some branches are ten times as large as others
                await copy.WriteAsync(random.Next(3) == 0 ? 2 + random.Next(districts) : 2 + districts + (int)(Math.Pow(random.NextDouble(), 2) * (divisions - 1 - districts)), NpgsqlDbType.Integer);
                await copy.WriteAsync(given);
                await copy.WriteAsync(family);
                await copy.WriteAsync($"{given}.{family}.{id}@verband.example".ToLowerInvariant());
                await copy.WriteAsync($"0351 {id:000000}");
            }
            await copy.CompleteAsync();
        }
        // three offices in every division, held by its own people; roles by level
        await TellAsync($"""
            insert into organisation.office (id, division_id, name, role_id) select 3 * d.id + k, d.id, 'Amt ' || k, case when k > 0 then null when d.id = 1 then 'state-manager' when d.parent_id = 1 then 'district-chair' else 'local-chair' end
              from organisation.division d, generate_series(0, 2) k;
            insert into organisation.office_holding (office_id, person_id, valid_from, valid_to) select o.id, 1 + (o.id * 7919) % {persons}, current_date - 100, current_date + 600 from organisation.office o;
            alter table organisation.person enable trigger user; alter table organisation.office enable trigger user; alter table organisation.office_holding enable trigger user;
            analyze organisation.division; analyze organisation.division_closure; analyze organisation.office; analyze organisation.office_holding;
            """);
        await VacuumAsync(connection, "organisation.person");
        var local = 2 + districts + 1;
        Task<int> HolderAsync(int division) => AskAsync<int>($"select person_id from organisation.office_holding where office_id = {3 * division}");
        return new(await HolderAsync(1), await HolderAsync(2), await HolderAsync(local), 2, local);
    }

    /// <summary>Memberships and offers of the persons: nine of ten are members, some left, few wait, some only support.</summary>
    /// <param name="owner">Connection of the owner of the tables.</param>
    public static async Task FillMembersAsync(string owner)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync();
        await using var fill = new NpgsqlCommand("""
            alter table members.party_membership disable trigger user; alter table members.trait disable trigger user;
            insert into members.party_membership (person_id, division_id, kind, state, received_on, effective_on, left_on, left_reason)
            select p.id, p.division_id, case when p.id % 50 = 0 then 'guest' when p.id % 9 = 0 then 'supporter' else 'member' end, case when p.id % 13 = 0 then 'left' when p.id % 97 = 0 then 'awaiting-objection' else 'active' end,
              current_date - (p.id::bigint * 7919 % 3000)::int, current_date - (p.id::bigint * 7919 % 3000)::int, case when p.id % 13 = 0 then current_date - 1 end, case when p.id % 13 = 0 then 'resigned' end from organisation.person p where p.id % 10 > 0 or p.id % 50 = 0;
            insert into members.trait (person_id, kind, label) select id, 'offer', case when id % 3000 = 0 then 'Gebärdensprache' else 'Infostand' end from organisation.person where id % 20 = 0;
            insert into members.last_contact (person_id, division_id, day) select p.id, p.division_id, current_date - (p.id::bigint * 104729 % 700)::int from organisation.person p where p.id % 5 < 3;
            select members.recount_active();
            alter table members.party_membership enable trigger user; alter table members.trait enable trigger user;
            """, connection)
        { CommandTimeout = 600 };
        await fill.ExecuteNonQueryAsync();
        await VacuumAsync(connection, "members.party_membership");
        await VacuumAsync(connection, "members.trait");
        await VacuumAsync(connection, "members.last_contact");
    }

    // as the database does by itself within a minute: without it no index answers alone. What runs beside, the statistics of a moment ago,
    // may keep it from marking the pages, so it is done until they are
    private static async Task VacuumAsync(NpgsqlConnection connection, string table)
    {
        await using var vacuum = new NpgsqlCommand($"vacuum analyze {table}", connection);
        await using var marked = new NpgsqlCommand($"select relallvisible > relpages * 0.95 from pg_class where oid = '{table}'::regclass", connection);
        for (var turn = 0; turn < 60; turn++)
        {
            await vacuum.ExecuteNonQueryAsync();
            if (await marked.ExecuteScalarAsync() is true) return;
            await Task.Delay(500);
        }
        throw new InvalidOperationException($"{table} is not marked as visible, figures would be of no use");
    }

    /// <summary>How long something takes, in milliseconds; and what it costs the database's processor, which other work on the machine changes little.</summary>
    /// <param name="backend">Process of the connection that is asked; without it no cost is known (NaN).</param>
    public static async Task<(double Best, double Median, double P95, double Cpu)> MeasureAsync(int times, Func<Task> work, int? backend = null)
    {
        for (var i = 0; i < 3; i++) await work();
        var (taken, before) = (new double[times], CpuOf(backend));
        for (var i = 0; i < times; i++)
        {
            var watch = Stopwatch.StartNew();
            await work();
            taken[i] = watch.Elapsed.TotalMilliseconds;
        }
        var cpu = (CpuOf(backend) - before) / times;
        Array.Sort(taken);
        return (taken[0], taken[times / 2], taken[(int)Math.Ceiling(times * 0.95) - 1], cpu);
    }

    // fields 14 and 15 of the process's line: ticks of ten milliseconds in its own code and in the kernel's
    private static double CpuOf(int? process)
    {
        if (process is null || !File.Exists($"/proc/{process}/stat")) return double.NaN;
        var line = File.ReadAllText($"/proc/{process}/stat");
        var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return 10.0 * (long.Parse(fields[11], System.Globalization.CultureInfo.InvariantCulture) + long.Parse(fields[12], System.Globalization.CultureInfo.InvariantCulture));
    }
}
