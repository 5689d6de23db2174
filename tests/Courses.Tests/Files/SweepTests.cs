using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Files;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Courses.Tests.Assets;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Files;

public sealed class SweepTests(World onDisk, BucketWorld inBucket) : IClassFixture<World>, IClassFixture<BucketWorld>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bytes_that_no_course_refers_to_are_put_aside_after_a_day_and_removed_after_another(bool bucket)
    {
        var world = bucket ? inBucket : onDisk;
        var course = await world.Course("sweep-away");
        await world.Run(course, startsInHours: -1);
        var orphan = await Put(world, 101);

        await Sweep(world, daysLater: 0);
        Assert.False((await Find(world, orphan))!.IsAside);
        await Sweep(world, daysLater: 1.1);
        Assert.True((await Find(world, orphan))!.IsAside);
        Assert.Equal(Uploads.Png(101), await Read(world, orphan, Uploads.Png(101).Length));
        Written(world, world.Clock.Now);
        await Sweep(world, daysLater: 0.5);
        Assert.True((await Find(world, orphan))!.IsAside);
        await Sweep(world, daysLater: 0.6);
        Assert.Null(await Find(world, orphan));
        Assert.Equal(CourseFolders.Svg, await world.As(null).Client.GetStringAsync(new Uri($"/assets/{course:N}/bee.svg", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_was_brought_while_its_bytes_were_put_aside_is_served_and_put_back(bool bucket)
    {
        var world = bucket ? inBucket : onDisk;
        var course = await world.Course("sweep-race");
        await world.Run(course, startsInHours: -1);
        var hash = await Put(world, 102);
        await Sweep(world, daysLater: 1.1);
        Assert.True((await Find(world, hash))!.IsAside);

        // Whoever brings it saw its bytes in their place and notes it only now, on another node.
        await world.Db<CoursesDb, int>(async db =>
        {
            db.Add(new Asset { Id = Guid.NewGuid(), CourseId = course, Name = "late.png", ContentType = "image/png", Hash = hash, Length = Uploads.Png(102).Length });
            (await db.Courses.FirstAsync(c => c.Id == course)).Changed(world.Clock.Now);
            return await db.SaveChangesAsync();
        });
        Assert.Equal(Uploads.Png(102), await Served(world, course));
        await Sweep(world, daysLater: 2);
        Assert.False((await Find(world, hash))!.IsAside);
        Assert.Equal(Uploads.Png(102), await Served(world, course));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_is_taken_out_of_its_only_course_goes_and_one_of_two_courses_stays(bool bucket)
    {
        var world = bucket ? inBucket : onDisk;
        foreach (var slug in new[] { "sweep-one", "sweep-two" })
            await world.Course(slug);
        var ioana = world.As("Ioana");
        await ioana.Bring("/teach/sweep-one/files", "/teach/sweep-one/files", "both.png", Uploads.Png(103), json: false, ("alt", "A hive"));
        await ioana.Bring("/teach/sweep-two/files", "/teach/sweep-two/files", "both.png", Uploads.Png(103), json: false, ("alt", "A hive"));
        await ioana.Bring("/teach/sweep-one/files", "/teach/sweep-one/files", "alone.png", Uploads.Png(104), json: false, ("alt", "A hive"));
        var (both, alone) = (await Put(world, 103), await Put(world, 104));
        foreach (var name in new[] { "both.png", "alone.png" })
            Assert.Equal(HttpStatusCode.OK, (await ioana.Submit(await ioana.Open($"/teach/sweep-one/delete-file/{name}"), "main form")).Status);

        await Sweep(world, daysLater: 1.1);
        await Sweep(world, daysLater: 1.1);
        Assert.False((await Find(world, both))!.IsAside);
        Assert.Null(await Find(world, alone));
    }

    [Fact]
    public async Task The_half_of_a_file_whose_writing_was_cut_off_is_removed_after_a_day()
    {
        var half = Path.Combine(onDisk.Folder, "assets", "aa", $"{new string('a', 64)}.h4lf.tmp");
        Directory.CreateDirectory(Path.GetDirectoryName(half)!);
        await File.WriteAllTextAsync(half, "half", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(half, onDisk.Clock.Now.UtcDateTime);
        await Sweep(onDisk, daysLater: 0.9);
        Assert.True(File.Exists(half));
        await Sweep(onDisk, daysLater: 0.2);
        Assert.False(File.Exists(half));
    }

    [Fact]
    public async Task What_lies_in_the_bucket_of_another_site_is_let_be()
    {
        var theirs = new[] { $"/courses/ab/ab{new string('0', 62)}", $"/courses/site one/site two/ab/ab{new string('0', 62)}", "/courses/site one/ab/readme.txt" };
        foreach (var key in theirs)
            inBucket.Bucket.Objects[key] = [1];
        Written(inBucket, inBucket.Clock.Now);
        await Sweep(inBucket, daysLater: 2);
        await Sweep(inBucket, daysLater: 2);
        Assert.All(theirs, key => Assert.Contains(key, inBucket.Bucket.Objects.Keys));
    }

    private static Task Sweep(World world, double daysLater)
    {
        world.Clock.Now += TimeSpan.FromDays(daysLater);
        return world.Send(new SweepFiles());
    }

    /// <summary>Bytes in the store, written now by the clock of the test.</summary>
    private static async Task<string> Put(World world, byte mark)
    {
        var (hash, _) = await Store(world).Put(new MemoryStream(Uploads.Png(mark)), default);
        Written(world, world.Clock.Now);
        return hash;
    }

    private static void Written(World world, DateTimeOffset now)
    {
        if (world is BucketWorld { Bucket: var bucket })
            bucket.WrittenAt = now;
        else
            foreach (var file in Directory.EnumerateDirectories(Path.Combine(world.Folder, "assets"), "??").SelectMany(Directory.EnumerateFiles))
                File.SetLastWriteTimeUtc(file, now.UtcDateTime);
    }

    private static async Task<StoredBytes?> Find(World world, string hash) => await Store(world).All(default).SingleOrDefaultAsync(b => b.Hash == hash);

    private static Task<byte[]> Served(World world, Guid course) => world.As(null).Client.GetByteArrayAsync(new Uri($"/assets/{course:N}/late.png", UriKind.Relative), TestContext.Current.CancellationToken);

    private static async Task<byte[]> Read(World world, string hash, int length)
    {
        await using var bytes = Store(world).Open(hash, length);
        var read = new byte[length];
        await bytes.ReadExactlyAsync(read);
        return read;
    }

    private static AssetStore Store(World world) => world.Services.GetRequiredService<AssetStore>();
}
