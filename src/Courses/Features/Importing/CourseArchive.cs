using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MoocPlatform.Courses.Features.Importing;

/// <summary>
/// Unpacks a ZIP that nobody vouches for (PKWARE APPNOTE 6.3.9: sections 4.3.7, 4.3.12, 4.3.16). No name in it ever becomes a path: the files
/// are numbered. Read by hand, because the list of entries itself may be the attack: it is walked with a limit before anything is unpacked.
/// Refused: names that lead out of the folder, links, encryption, other ways of packing, two entries of one name (capitals apart), names that are
/// not UTF-8, more files or bytes than a course has, a file that unpacks to more than it says or to more than a hundred times its size.
/// </summary>
internal static class CourseArchive
{
    private const int EndLength = 22;
    private const int HeadLength = 46;
    private const int LocalLength = 30;
    private const int LongestName = 400;
    private const int MostRatio = 100;
    private const int RatioFrom = 1 << 20; // small files of one letter are no bombs

    private sealed record Entry(string Name, long Packed, long Length, uint Crc, bool Deflated, long At);

    /// <param name="folder">Where the files are put, under numbers.</param>
    /// <param name="places">Filled: name in the archive, path on disk.</param>
    public static void Unpack(FileStream archive, string folder, IDictionary<string, string> places, Action<string, FormattableString> problem)
    {
        var wrong = false;
        void Note(string name, FormattableString why)
        {
            wrong = true;
            problem(name, why);
        }

        try
        {
            var entries = List(archive, Note);
            if (wrong)
                return;
            foreach (var (number, entry) in entries.Index())
            {
                var place = Path.Combine(folder, number.ToString("D4", System.Globalization.CultureInfo.InvariantCulture));
                if (!UnpackOne(archive, entry, place, Note))
                    return;
                places.Add(entry.Name, place);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            Note("", $"This is no ZIP archive that can be read: it is damaged or was cut off.");
        }
    }

    // The central directory, entry by entry.
    private static List<Entry> List(FileStream archive, Action<string, FormattableString> note)
    {
        var (count, size, at) = End(archive);
        var entries = new List<Entry>();
        if (count == 0xFFFF || size == 0xFFFFFFFF || at == 0xFFFFFFFF || count > 2 * CourseFiles.MostFiles)
        {
            note("", $"The archive holds more than the {CourseFiles.MostFiles} files and {CourseFiles.MostBytes >> 20} MB that are taken.");
            return entries;
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var total = 0L;
        Span<byte> head = stackalloc byte[HeadLength];
        Span<byte> name = stackalloc byte[LongestName];
        for (var i = 0; i < count; i++)
        {
            archive.Position = at;
            archive.ReadExactly(head);
            if (U32(head, 0) != 0x02014B50)
                throw new InvalidDataException();
            var nameLength = U16(head, 28);
            if (nameLength is 0 or > LongestName)
            {
                note("", $"A name in the archive has {nameLength} bytes; 1 to {LongestName} are allowed.");
                return entries;
            }

            archive.ReadExactly(name[..nameLength]);
            at += HeadLength + nameLength + U16(head, 30) + U16(head, 32);
            if (NameOf(name[..nameLength], note) is not { } path)
                continue;
            if (path.EndsWith('/') && U32(head, 24) == 0)
                continue; // a folder
            if (WhyNot(path, head) is { } why)
            {
                note(path, why);
                continue;
            }

            var (packed, length) = ((long)U32(head, 20), (long)U32(head, 24));
            total += length;
            if (!seen.Add(path.Normalize()))
                note(path, $"The archive holds this name twice, perhaps in other capitals.");
            else if (length > RatioFrom && length / MostRatio > packed)
                note(path, $"It unpacks to more than {MostRatio} times its size: this is no file of a course.");
            else if (entries.Count == CourseFiles.MostFiles || total > CourseFiles.MostBytes)
            {
                note("", $"The archive holds more than the {CourseFiles.MostFiles} files and {CourseFiles.MostBytes >> 20} MB that are taken.");
                return entries;
            }
            else
                entries.Add(new(path, packed, length, U32(head, 16), U16(head, 10) == 8, U32(head, 42)));
        }

        return entries;
    }

    private static FormattableString? WhyNot(string path, ReadOnlySpan<byte> head)
    {
        if (path.StartsWith('/') || path.Contains('\\', StringComparison.Ordinal) || path.Contains(':', StringComparison.Ordinal) || path.Any(char.IsControl)
            || path.Split('/').Any(part => part is "" or "." or ".."))
            return $"This name leads out of the folder, or is none: names are like sections/01-name/01-name.md.";
        if ((U32(head, 38) >> 16 & 0xF000) is not (0 or 0x8000))
            return $"A link to another place is not followed. Put the file itself here.";
        if ((U16(head, 8) & 0x41) != 0)
            return $"The file is encrypted. Pack the folder without a password.";
        if (U16(head, 10) is not (0 or 8))
            return $"The file is packed in a way that is not taken. Pack the folder as an ordinary ZIP.";
        return null;
    }

    private static string? NameOf(ReadOnlySpan<byte> bytes, Action<string, FormattableString> note)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            note(Encoding.Latin1.GetString(bytes), $"The name is not UTF-8.");
            return null;
        }
    }

    private static bool UnpackOne(FileStream archive, Entry entry, string place, Action<string, FormattableString> note)
    {
        Span<byte> local = stackalloc byte[LocalLength];
        archive.Position = entry.At;
        archive.ReadExactly(local);
        if (U32(local, 0) != 0x04034B50)
            throw new InvalidDataException();
        archive.Position += U16(local, 26) + U16(local, 28);
        if (archive.Position + entry.Packed > archive.Length)
            throw new EndOfStreamException();

        using var file = new FileStream(place, FileMode.CreateNew);
        using var part = new Part(archive, entry.Packed);
        using Stream bytes = entry.Deflated ? new DeflateStream(part, CompressionMode.Decompress) : part;
        var (buffer, length, crc) = (new byte[81920], 0L, uint.MaxValue);
        for (int read; (read = bytes.Read(buffer)) > 0;)
        {
            length += read;
            if (length > entry.Length)
                break;
            crc = Crc32.Add(crc, buffer.AsSpan(0, read));
            file.Write(buffer, 0, read);
        }

        if (length == entry.Length && ~crc == entry.Crc)
            return true;
        note(entry.Name, $"The file does not unpack to what the archive says of it: it is damaged.");
        return false;
    }

    // The end record stands last, before a comment of at most 65,535 bytes.
    private static (int Count, long Size, long At) End(FileStream archive)
    {
        var length = (int)Math.Min(archive.Length, EndLength + ushort.MaxValue);
        if (length < EndLength)
            throw new InvalidDataException();
        var tail = new byte[length];
        archive.Position = archive.Length - length;
        archive.ReadExactly(tail);
        for (var i = length - EndLength; i >= 0; i--)
        {
            if (U32(tail, i) == 0x06054B50 && i + EndLength + U16(tail, i + 20) == length)
                return (U16(tail, i + 10), U32(tail, i + 12), U32(tail, i + 16));
        }

        throw new InvalidDataException();
    }

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    /// <summary>So many bytes of a stream from where it stands.</summary>
    private sealed class Part(Stream whole, long left) : Stream
    {
        private long left = left;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = whole.Read(buffer[..(int)Math.Min(buffer.Length, left)]);
            left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

/// <summary>CRC-32 as ZIP has it (ISO 3309, polynomial 0xEDB88320), byte by byte with a table.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n =>
    {
        var c = (uint)n;
        for (var k = 0; k < 8; k++)
            c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
        return c;
    })];

    /// <param name="crc">Begins as all ones; the result is its complement.</param>
    public static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
            crc = Table[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return crc;
    }
}
