using System.Text.RegularExpressions;
using Anlauf.Platform.Audit;
using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Identity;
using Anlauf.Rooms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Platform;

/// <summary>A new route without a declared right fails here, and so does a table without row-level security.</summary>
public sealed class RouteTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    // what the public may open: signing in, help, errors, health, files of the look
    private static readonly string[] Public = ["/abmelden", "/anmelden", "/einladung/{Secret}", "/umfrage/{Link}", "/ich", "/anmelden/geraet", "/anmelden/geraet/optionen", "/anmelden/sso", "/kein-zugriff", "/health/live", "/health/ready", "/hilfe", "/datenschutz", "/barrierefreiheit", "/bausteine", "/darstellung", "/lib/", "/fehler", "/_", "{*path", "/favicon", "/apple-touch", "/farben"];

    [Fact]
    public async Task Every_route_declares_who_may_open_it()
    {
        await using var app = await AnlaufHost.BuildAsync(RoomList.All, database.Services.GetRequiredService<DatabaseConnections>());
        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>().ToList();
        routes.Count.ShouldBeGreaterThan(40);
        var undeclared = routes.Where(r => r.Metadata.GetMetadata<IAuthorizeData>()?.Policy is null && r.Metadata.GetMetadata<IAllowAnonymous>() is null).Select(r => "/" + r.RoutePattern.RawText!.TrimStart('/')).ToList();
        // what declares nothing meets the fallback, which denies
        undeclared.Where(r => r != "/_framework/opaque-redirect" && !r.StartsWith("/konto/geraet", StringComparison.Ordinal)).ShouldBeEmpty();
        var open = routes.Where(r => r.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(r => "/" + r.RoutePattern.RawText!.TrimStart('/')).ToList();
        open.Where(r => !Public.Any(p => r.StartsWith(p, StringComparison.Ordinal) || r.StartsWith("/" + p, StringComparison.Ordinal)) && r != "/").ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_export_asks_for_a_recent_proof_and_every_file_is_noted()
    {
        await using var app = await AnlaufHost.BuildAsync(RoomList.All, database.Services.GetRequiredService<DatabaseConnections>());
        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>()
            .Select(r => (Route: "/" + r.RoutePattern.RawText!.TrimStart('/'), r.Metadata, Export: r.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => a.Policy?.EndsWith(":export", StringComparison.Ordinal) == true))).ToList();
        routes.Count(r => r.Export).ShouldBeGreaterThan(9);
        // the picture of the map is drawn by the page itself, from figures in which small numbers are hidden
        routes.Where(r => r.Export && r.Metadata.GetMetadata<FreshProofAttribute>() is null).Select(r => r.Route).Except(["/lage/karte.svg"]).ShouldBeEmpty();
        // letters to one person and the report on one person write themselves whom they are about
        string[] noteThemselves = ["/menschen/anrufe/{id:int}/brief.pdf", "/menschen/datenpflege/{id:int}/brief.pdf", "/verwaltung/datenschutz/anfragen/{id:int}/auskunft.{format:regex(^(pdf|json)$)}"];
        var files = routes.Where(r => Regex.IsMatch(r.Route, @"\.(csv|pdf|docx|json|xlsx|ics|svg|\{format)") && r.Route is not "/suche.json").ToList();
        files.Count.ShouldBeGreaterThan(15);
        files.Where(r => !r.Export && r.Metadata.GetMetadata<GivesFileAttribute>() is null).Select(r => r.Route).Except(noteThemselves).ShouldBeEmpty();
        // who is where, who may what, and what cannot be taken back
        foreach (var page in new[] { "/verwaltung/gliederungen/{Slug}/aendern", "/menschen/ansprechpersonen", "/verwaltung/loeschungen", "/verwaltung/datenschutz/anfragen/{Id:int}/auskunft" })
            routes.Where(r => r.Route == page).ShouldAllBe(r => r.Metadata.GetMetadata<FreshProofAttribute>() != null, page);
    }

    [Fact]
    public async Task Every_policy_of_a_route_is_a_right_that_some_role_holds()
    {
        await using var app = await AnlaufHost.BuildAsync(RoomList.All, database.Services.GetRequiredService<DatabaseConnections>());
        var asked = ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).Select(e => e.Metadata.GetMetadata<IAuthorizeData>()?.Policy).OfType<string>().Where(p => p.Contains(':')).Distinct();
        await using var scope = database.AsSystem();
        var held = await scope.ServiceProvider.GetRequiredService<Db>().QueryAsync<string>("select distinct feature || ':' || action from access.role_right");
        asked.Except(held).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_table_is_under_row_level_security_and_the_program_has_no_way_round_it()
    {
        await using var scope = database.AsSystem();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        (await db.QueryAsync<string>("""
            select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and c.relpersistence = 'p' and n.nspname !~ '^(pg_|information_schema|public$)' and not c.relrowsecurity and (n.nspname, c.relname) <> ('platform', 'migration')
            """)).ShouldBeEmpty();
        (await db.ScalarAsync<bool>("select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_roles where rolname = current_user")).ShouldBeFalse();
        (await db.ScalarAsync<bool>("select has_table_privilege('platform.migration', 'insert, update, delete') or has_table_privilege('platform.function', 'insert, update, delete')")).ShouldBeFalse();
    }
}
