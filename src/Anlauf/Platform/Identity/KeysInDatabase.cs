using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace Anlauf.Platform.Identity;

/// <summary>Keys that protect cookies, kept in the database so that every node reads the same ones and a restart signs nobody out.</summary>
internal sealed class KeysInDatabase(NpgsqlDataSource source) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = Open();
        return connection.Query<string>("select xml from identity.protection_key order by created_at").Select(XElement.Parse).ToList();
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = Open();
        connection.Execute("insert into identity.protection_key (name, xml) values (@name, @xml) on conflict (name) do update set xml = excluded.xml",
            new { name = friendlyName, xml = element.ToString(SaveOptions.DisableFormatting) });
    }

    private NpgsqlConnection Open()
    {
        var connection = source.OpenConnection();
        connection.Execute("select set_config('anlauf.actor', 'sign-in', false)");
        return connection;
    }
}
