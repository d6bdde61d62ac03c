using System.Security.Cryptography;
using System.Xml.Linq;
using Anlauf.Platform.Secrets;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace Anlauf.Platform.Identity;

/// <summary>
/// Keys that protect cookies, kept in the database so that every node reads the same ones and a restart signs nobody out; encrypted
/// with the key ring, so that a copy of the database makes no cookie.
/// </summary>
internal sealed class KeysInDatabase(NpgsqlDataSource source, FieldCipher cipher) : IXmlRepository
{
    private const string Column = "identity.protection_key.sealed";
    private sealed record Row(string Name, string? Xml, byte[]? Sealed);

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = Open();
        return [.. connection.Query<Row>("select name, xml, sealed from identity.protection_key order by created_at").ToList().Select(row => Read(connection, row)).OfType<XElement>()];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = Open();
        connection.Execute("insert into identity.protection_key (name, sealed) values (@name, @value) on conflict (name) do update set sealed = excluded.sealed, xml = null",
            new { name = friendlyName, value = Seal(element.ToString(SaveOptions.DisableFormatting), friendlyName) });
    }

    private byte[] Seal(string xml, string name) => cipher.Encrypt(xml, Column, name)!;

    private XElement? Read(NpgsqlConnection connection, Row row)
    {
        if (row.Xml is not null)
        {
            // written by an older version, in the clear
            connection.Execute("update identity.protection_key set sealed = @value, xml = null where name = @Name", new { row.Name, value = Seal(row.Xml, row.Name) });
            return XElement.Parse(row.Xml);
        }
        // a database that was restored without its key file: the framework makes a new key, everybody signs in again
        try { return XElement.Parse(cipher.Decrypt(row.Sealed, Column, row.Name)!); }
        catch (CryptographicException) { return null; }
    }

    private NpgsqlConnection Open()
    {
        var connection = source.OpenConnection();
        connection.Execute("select set_config('anlauf.actor', 'sign-in', false)");
        return connection;
    }
}
