using System.Buffers.Binary;
using System.Text;

namespace Anlauf.Tests.Territory;

/// <summary>Writes the smallest valid shapefile: one polygon with one ring, one text field.</summary>
internal static class ShapefileBytes
{
    public static byte[] Polygon((double X, double Y)[] ring)
    {
        var record = new byte[48 + 16 * ring.Length];
        BinaryPrimitives.WriteInt32LittleEndian(record, 5);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(36), 1);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(40), ring.Length);
        for (var i = 0; i < ring.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(record.AsSpan(48 + 16 * i), ring[i].X);
            BinaryPrimitives.WriteDoubleLittleEndian(record.AsSpan(56 + 16 * i), ring[i].Y);
        }
        var file = new byte[108 + record.Length];
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(100), 1);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(104), record.Length / 2);
        record.CopyTo(file, 108);
        return file;
    }

    public static byte[] Table(string field, string value)
    {
        var file = new byte[32 + 32 + 1 + 1 + value.Length];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), 65);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(10), (ushort)(1 + value.Length));
        Encoding.ASCII.GetBytes(field).CopyTo(file, 32);
        file[43] = (byte)'C';
        file[48] = (byte)value.Length;
        file[64] = 0x0D;
        file[65] = (byte)' ';
        Encoding.ASCII.GetBytes(value).CopyTo(file, 66);
        return file;
    }
}
