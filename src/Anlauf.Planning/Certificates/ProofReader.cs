namespace Anlauf.Planning.Certificates;

/// <summary>Reads the bytes of a proof tree: numbers in base 128, least digits first, signed ones zigzag.</summary>
internal sealed class ProofReader(byte[] bytes)
{
    private int _position;

    /// <summary>True when nothing is left to read.</summary>
    public bool AtEnd => _position == bytes.Length;

    /// <summary>The next byte.</summary>
    /// <exception cref="InvalidDataException">there is none</exception>
    public byte Byte() => _position < bytes.Length ? bytes[_position++] : throw new InvalidDataException();

    /// <summary>The next number.</summary>
    /// <exception cref="InvalidDataException">it is greater than <paramref name="most"/> or cut off</exception>
    public ulong Number(long most)
    {
        ulong value = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 127) << shift;
            if (part < 128) return value <= (ulong)most ? value : throw new InvalidDataException();
        }
        throw new InvalidDataException();
    }

    /// <summary>Changes multipliers by pairs (number of unchanged ones, change); none may pass ±<paramref name="most"/>.</summary>
    public void Multipliers(long[] u, long most)
    {
        for (var j = 0; j < u.Length; j++)
        {
            j += (int)Number(u.Length - j);
            if (j == u.Length) return;
            var code = Number(long.MaxValue);
            u[j] += (long)(code >> 1) ^ -(long)(code & 1);
            if (Math.Abs((decimal)u[j]) > most) throw new InvalidDataException();
        }
    }
}
