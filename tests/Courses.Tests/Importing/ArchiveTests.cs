using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Features.Importing;
using MoocPlatform.Courses.Tests.Exporting;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Importing;

/// <summary>Archives that mean no good. Each is refused with the place and the reason, nothing is written anywhere, and nothing is left behind.</summary>
public sealed class ArchiveTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("../escaped.txt", "out of the folder")]
    [InlineData("assets/../../escaped.txt", "out of the folder")]
    [InlineData("/etc/escaped.txt", "out of the folder")]
    [InlineData("C:/escaped.txt", "out of the folder")]
    [InlineData("..\\escaped.txt", "out of the folder")]
    [InlineData("assets//escaped.txt", "out of the folder")]
    [InlineData("assets/./escaped.txt", "out of the folder")]
    [InlineData("assets/a\u0001.txt", "out of the folder")]
    [InlineData("course.yaml", "twice")]
    [InlineData("COURSE.yaml", "twice")]
    public async Task A_name_that_leads_elsewhere_or_is_there_already_is_refused(string name, string why)
    {
        var report = await Import(await Archive(zip => Add(zip, name, "text")));
        Assert.Contains(report.Problems, p => p.File == name && p.Message.Contains(why, StringComparison.Ordinal));
        Assert.Null(report.CourseId);
    }

    [Fact]
    public async Task A_link_is_refused()
    {
        var report = await Import(await Archive(zip => Add(zip, "assets/hosts.txt", "/etc/hosts").ExternalAttributes = unchecked((int)0xA1FF0000)));
        Assert.Contains(report.Problems, p => p.File == "assets/hosts.txt" && p.Message.Contains("link", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_unpacks_to_a_thousand_times_its_size_is_refused_before_it_is_unpacked()
    {
        var report = await Import(await Archive(zip =>
        {
            using var to = zip.CreateEntry("assets/zeros.txt", CompressionLevel.SmallestSize).Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 40; i++)
                to.Write(zeros);
        }));
        Assert.Contains(report.Problems, p => p.File == "assets/zeros.txt" && p.Message.Contains("100 times", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_unpacks_to_more_than_it_says_is_refused()
    {
        var bytes = await Archive(zip =>
        {
            using var to = zip.CreateEntry("assets/zeros.txt", CompressionLevel.SmallestSize).Open();
            to.Write(new byte[1 << 20]);
        });
        Patch(bytes, "assets/zeros.txt", 24, 100); // the list says: 100 bytes
        var report = await Import(bytes);
        Assert.Contains(report.Problems, p => p.File == "assets/zeros.txt" && p.Message.Contains("damaged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_bytes_in_all_than_a_course_has_are_refused()
    {
        var bytes = await Archive(zip =>
        {
            for (var i = 0; i < 5; i++)
                Add(zip, $"assets/{i}.txt", "text");
        });
        for (var i = 0; i < 5; i++)
        {
            Patch(bytes, $"assets/{i}.txt", 24, 60 << 20);
            Patch(bytes, $"assets/{i}.txt", 20, 60 << 20);
        }

        Assert.Contains((await Import(bytes)).Problems, p => p.Message.Contains("200 MB", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Thousands_of_entries_are_refused_whatever_the_archive_says_of_their_number()
    {
        var bytes = await Archive(zip =>
        {
            for (var i = 0; i < 2_500; i++)
                zip.CreateEntry($"assets/{i}.txt");
        });
        Assert.Contains((await Import(bytes)).Problems, p => p.Message.Contains("2000 files", StringComparison.Ordinal));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(bytes.Length - 12), 0xFFFF);
        Assert.NotEmpty((await Import(bytes)).Problems);
    }

    [Fact]
    public async Task A_name_that_is_not_utf8_is_refused()
    {
        var bytes = await Archive(zip => Add(zip, "assets/cafe.txt", "text"));
        var name = "assets/cafe.txt"u8.ToArray();
        for (var at = bytes.AsSpan().IndexOf(name); at >= 0;)
        {
            bytes[at + 10] = 0xE9; // Latin-1
            var next = bytes.AsSpan(at + 1).IndexOf(name);
            at = next < 0 ? -1 : at + 1 + next;
        }

        Assert.Contains((await Import(bytes)).Problems, p => p.Message.Contains("UTF-8", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_that_is_not_utf8_is_refused_with_its_name()
    {
        var report = await Import(await Archive(zip =>
        {
            using var to = zip.CreateEntry("sections/01-first-flight/09-latin.md").Open();
            to.Write(Encoding.Latin1.GetBytes("---\ntitle: Café\nkind: lesson\n---\nx\n"));
        }));
        Assert.Contains(report.Problems, p => p.File == "sections/01-first-flight/09-latin.md" && p.Message.Contains("UTF-8", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_encrypted_or_strangely_packed_file_is_refused()
    {
        var bytes = await Archive(zip => Add(zip, "assets/a.txt", "text"));
        Patch(bytes, "assets/a.txt", 8, 1, two: true);
        Assert.Contains((await Import(bytes)).Problems, p => p.Message.Contains("encrypted", StringComparison.Ordinal));
        Patch(bytes, "assets/a.txt", 8, 0, two: true);
        Patch(bytes, "assets/a.txt", 10, 14, two: true);
        Assert.Contains((await Import(bytes)).Problems, p => p.Message.Contains("ordinary ZIP", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_archive_that_was_cut_off_anywhere_or_has_flipped_bits_does_no_harm()
    {
        var good = await Archive(_ => { }, "archive-cut");
        for (var length = 0; length < good.Length; length += 97)
            Assert.NotEmpty((await Import(good[..length])).Problems);
        var random = new Random(7);
        for (var i = 0; i < 150; i++)
        {
            var bad = (byte[])good.Clone();
            for (var flips = 0; flips < 4; flips++)
                bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            await Import(bad); // taken or refused, but answered
        }
    }

    [Fact]
    public async Task A_nested_archive_stays_a_file_and_a_folder_packed_with_its_name_is_found()
    {
        using var inner = new MemoryStream();
        using (var zip = new ZipArchive(inner, ZipArchiveMode.Create, leaveOpen: true))
            Add(zip, "../x.txt", "text");
        var bytes = await Archive(zip =>
        {
            using var to = zip.CreateEntry("bees/assets/data.zip").Open();
            to.Write(inner.ToArray());
        }, "archive-nested", "bees/");
        var report = await Import(bytes);
        Assert.Empty(report.Problems);
        Assert.Equal(3, report.Assets);
    }

    [Fact]
    public async Task What_is_no_part_of_a_course_is_told_and_left_out()
    {
        var report = await Import(await Archive(
            zip =>
            {
                Add(zip, "notes/plan.txt", "mine");
                Add(zip, "sections/read me.txt", "mine");
            }, "archive-rest"));
        Assert.Empty(report.Problems);
        Assert.Equal(["notes/plan.txt", "sections/read me.txt"], report.LeftOut);
    }

    [Fact]
    public async Task Once_an_archive_was_read_no_temporary_file_stays()
    {
        using var file = new TemporaryFile(await Archive(_ => { }, "archive-tidy"));
        string unpacked;
        using (var folder = CourseFolder.Read(file.Path))
        {
            unpacked = folder.Assets[0].Path;
            Assert.True(File.Exists(unpacked));
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(unpacked)));
    }

    private async Task<ImportReport> Import(byte[] archive)
    {
        using var file = new TemporaryFile(archive);
        return await world.Send(new ImportFolder(file.Path, await world.Person("Ioana", "teacher")));
    }

    internal static async Task<byte[]> Archive(Action<ZipArchive> change, string slug = "archive", string prefix = "")
    {
        using var folder = CourseFolders.Good(slug);
        using var bytes = new MemoryStream();
        await using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories))
                Add(zip, prefix + Path.GetRelativePath(folder.Path, file).Replace('\\', '/'), await File.ReadAllTextAsync(file));
            change(zip);
        }

        return bytes.ToArray();
    }

    private static ZipArchiveEntry Add(ZipArchive zip, string name, string text)
    {
        var entry = zip.CreateEntry(name);
        using var to = entry.Open();
        to.Write(Encoding.UTF8.GetBytes(text));
        return entry;
    }

    // Changes a field in the list at the end, where it stands so many bytes from the entry's beginning.
    private static void Patch(byte[] archive, string name, int at, int value, bool two = false)
    {
        var entry = archive.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(name)) - 46;
        if (two)
            BinaryPrimitives.WriteUInt16LittleEndian(archive.AsSpan(entry + at), (ushort)value);
        else
            BinaryPrimitives.WriteInt32LittleEndian(archive.AsSpan(entry + at), value);
    }
}
