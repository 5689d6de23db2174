using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MoocPlatform.Enrollment.Domain.Badges;

/// <summary>
/// PNG (ISO/IEC 15948): a drawing as pixels, and a credential baked in: one uncompressed <c>iTXt</c> of the keyword
/// <c>openbadgecredential</c> before the end, as Open Badges 3.0 asks (section 5.3).
/// </summary>
internal static class Png
{
    private const string Keyword = "openbadgecredential";

    /// <summary>The longest text that is read back.</summary>
    private const int LongestText = 512 * 1024;

    private const int Pixels = 400;
    private const int Samples = 3;

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c & 1) == 0 ? c >> 1 : 0xEDB88320 ^ (c >> 1)))];

    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>The drawing with 400 by 400 pixels on nothing.</summary>
    public static byte[] Draw(Emblem emblem)
    {
        var rows = new byte[Pixels * (1 + (Pixels * 4))];
        foreach (var shape in emblem.Shapes)
            Paint(rows, shape);

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            zlib.Write(rows);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, Pixels);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), Pixels);
        (head[8], head[9]) = (8, 6); // eight bits for each of red, green, blue, opacity
        return [.. Signature, .. Chunk("IHDR", head), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>The picture with a text baked in; one that was there is replaced.</summary>
    public static byte[] Bake(byte[] png, string text)
    {
        using var baked = new MemoryStream();
        baked.Write(Signature);
        foreach (var (type, data) in Chunks(png))
        {
            if (type == "iTXt" && IsOurs(data))
                continue;
            if (type == "IEND")
                baked.Write(Chunk("iTXt", [.. Encoding.ASCII.GetBytes(Keyword), 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(text)]));
            baked.Write(Chunk(type, data));
        }

        return baked.ToArray();
    }

    /// <summary>The text that was baked in. Null: none, or more than one, or a file that is damaged.</summary>
    public static string? Baked(byte[] png)
    {
        try
        {
            var texts = Chunks(png).Where(c => c.Type == "iTXt" && IsOurs(c.Data)).ToList();
            return texts.Count == 1 ? Text(texts[0].Data) : null;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    private static void Paint(byte[] rows, Shape shape)
    {
        const double unit = (double)Emblem.Side / Pixels;
        var (left, top, right, bottom) = shape.Box;
        for (var y = Math.Max(0, (int)(top / unit)); y < Math.Min(Pixels, (bottom / unit) + 1); y++)
            for (var x = Math.Max(0, (int)(left / unit)); x < Math.Min(Pixels, (right / unit) + 1); x++)
                if (shape.Covers(x * unit, y * unit, unit, Samples) is var covered and > 0)
                    Blend(rows.AsSpan((y * (1 + (Pixels * 4))) + 1 + (x * 4), 4), shape.Colour, covered);
    }

    private static void Blend(Span<byte> pixel, Colour colour, int covered)
    {
        var (over, under) = ((double)covered / (Samples * Samples), pixel[3] / 255.0);
        var opacity = over + (under * (1 - over));
        byte Mix(byte below, byte above) => (byte)Math.Round(((above * over) + (below * under * (1 - over))) / opacity);
        (pixel[0], pixel[1], pixel[2], pixel[3]) =
            (Mix(pixel[0], colour.Red), Mix(pixel[1], colour.Green), Mix(pixel[2], colour.Blue), (byte)Math.Round(opacity * 255));
    }

    private static bool IsOurs(byte[] data) => data.AsSpan().StartsWith(Encoding.ASCII.GetBytes(Keyword + "\0"));

    // Keyword 0, whether packed, how packed, language 0, translated keyword 0, text.
    private static string Text(byte[] data)
    {
        var at = Keyword.Length + 1;
        var isPacked = data[at] == 1;
        var language = data.AsSpan(at + 2).IndexOf((byte)0);
        var translated = language < 0 ? -1 : data.AsSpan(at + 3 + language).IndexOf((byte)0);
        if (translated < 0)
            throw new InvalidDataException();
        var text = data.AsSpan(at + 4 + language + translated);
        return Encoding.UTF8.GetString(isPacked ? Unpacked(text.ToArray()) : text);
    }

    private static byte[] Unpacked(byte[] packed)
    {
        using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        var text = new byte[LongestText + 1];
        var length = zlib.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        return length <= LongestText ? text[..length] : throw new InvalidDataException();
    }

    private static List<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        var chunks = new List<(string, byte[])>();
        for (var at = Signature.Length; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at, 4));
            if (length < 0)
                throw new InvalidDataException();
            var named = png.AsSpan(at + 4, 4 + length);
            if (BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length, 4)) != Crc(named))
                throw new InvalidDataException();
            chunks.Add((Encoding.ASCII.GetString(named[..4]), named[4..].ToArray()));
            at += 12 + length;
        }

        return chunks;
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
            crc = CrcTable[(crc ^ b) & 0xff] ^ (crc >> 8);
        return ~crc;
    }
}
