using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Courses.Tests.Assets;
using MoocPlatform.Courses.Tests.Exporting;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Files;

/// <summary>The whole app with its files in a bucket.</summary>
public sealed class BucketWorld : World, IAsyncLifetime
{
    internal FakeBucket Bucket { get; } = new();

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await Bucket.Start();
        await InitializeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        foreach (var (key, value) in new[] { ("Endpoint", Bucket.Address), ("Bucket", "courses"), ("Region", "eu-central-1"), ("AccessKey", "AKIAIOSFODNN7EXAMPLE"), ("SecretKey", FakeBucket.Secret), ("Prefix", "site one") })
            builder.UseSetting("Assets:S3:" + key, value);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Bucket.DisposeAsync();
    }
}

public sealed class BucketTests(BucketWorld world) : IClassFixture<BucketWorld>
{
    [Fact]
    public void The_fake_signs_as_the_example_of_the_reference_does() => Assert.Equal(
        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        FakeBucket.Sign("GET", "/test.txt", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = "examplebucket.s3.amazonaws.com",
            ["range"] = "bytes=0-9",
            ["x-amz-content-sha256"] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ["x-amz-date"] = "20130524T000000Z",
        }, "us-east-1", FakeBucket.Secret));

    [Fact]
    public async Task Files_lie_in_the_bucket_are_served_in_ranges_and_leave_in_an_export()
    {
        var refused = world.Bucket.Refused;
        var course = await world.Course("in-bucket");
        await world.Run(course, startsInHours: -1);
        Assert.Equal(CourseFolders.Svg, await world.As(null).Client.GetStringAsync(new Uri($"/assets/{course:N}/bee.svg", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.All(world.Bucket.Objects.Keys, k => Assert.StartsWith("/courses/site%20one/", new PathString(k).ToUriComponent(), StringComparison.Ordinal));
        Assert.Empty(Directory.Exists(Path.Combine(world.Folder, "assets")) ? Directory.EnumerateDirectories(Path.Combine(world.Folder, "assets"), "??") : []);

        using var part = new HttpRequestMessage(HttpMethod.Get, $"/assets/{course:N}/bee.svg");
        part.Headers.Range = new RangeHeaderValue(5, 9);
        var answer = await world.As(null).Client.SendAsync(part, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.PartialContent, CourseFolders.Svg[5..10]), (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Contains(world.Bucket.Asked, a => a.EndsWith("bytes=5-", StringComparison.Ordinal));

        using var zip = new TemporaryFile();
        Assert.Equal(2, (await world.Send(new ExportCourse("in-bucket", zip.Path)))!.Assets);
        Assert.Empty((await world.Send(new ImportFolder(zip.Path, await world.Person("Ioana", "teacher")))).Problems);
        Assert.Equal(refused, world.Bucket.Refused);
    }

    [Fact]
    public async Task The_same_bytes_are_sent_once_and_taken_away_when_asked()
    {
        var store = world.Services.GetRequiredService<AssetStore>();
        var (hash, length) = await store.Put(new MemoryStream(Uploads.Png(77)), default);
        await store.Put(new MemoryStream(Uploads.Png(77)), default);
        Assert.Single(world.Bucket.Asked, a => a.StartsWith("PUT ", StringComparison.Ordinal) && a.EndsWith(hash, StringComparison.Ordinal));
        await using (var opened = store.Open(hash, length))
        {
            var read = new byte[length];
            await opened.ReadExactlyAsync(read);
            Assert.Equal(Uploads.Png(77), read);
        }

        var bytes = await store.All(default).FirstAsync(b => b.Hash == hash);
        await store.Remove(bytes, default);
        Assert.DoesNotContain(world.Bucket.Objects.Keys, k => k.EndsWith(hash, StringComparison.Ordinal));
        await using var gone = store.Open(hash, length);
        await Assert.ThrowsAsync<IOException>(async () => await gone.ReadExactlyAsync(new byte[1]));
    }

    [Fact]
    public async Task With_another_key_nothing_is_taken()
    {
        using var stranger = new Bucket(new(new(world.Bucket.Address), "courses", "eu-central-1", "AKIAIOSFODNN7EXAMPLE", "another", ""), world.Clock);
        var refused = await Assert.ThrowsAsync<IOException>(() => stranger.Get("ab/abc", null, 0, default));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }
}
