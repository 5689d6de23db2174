using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain.Badges;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Enrollment.Tests.Credentials;

public sealed class ServingTests(World world) : IClassFixture<World>
{
    private static readonly string[] Forms = ["", ".json", ".jwt", ".png", ".svg"];

    [Fact]
    public async Task Nobody_but_its_owner_sees_a_badge_until_it_is_shared()
    {
        var (address, _) = await Badge("Olga Owner");
        await world.Person("Nosy");
        foreach (var form in Forms)
        {
            using var mine = await world.Fetch(address + form, person: "Olga Owner");
            Assert.Equal((HttpStatusCode.OK, false), (mine.StatusCode, mine.Headers.CacheControl!.Public));
            Assert.False(mine.Headers.Contains("Access-Control-Allow-Origin"));
            foreach (var other in (string?[])[null, "Nosy", Graduates.Teacher])
                Assert.Equal(HttpStatusCode.NotFound, (await world.Fetch(address + form, person: other)).StatusCode);
        }

        await Share("Olga Owner", address);
        foreach (var form in Forms)
            Assert.Equal(HttpStatusCode.OK, (await world.Fetch(address + form)).StatusCode);
        Assert.Contains("Olga Owner", (await world.As(null).Open(address)).QuerySelector(".credential")!.TextContent, StringComparison.Ordinal);

        await Share("Olga Owner", address); // takes it back
        Assert.Equal(HttpStatusCode.NotFound, (await world.Fetch(address)).StatusCode);
    }

    [Fact]
    public async Task Nobody_shares_the_badge_of_another()
    {
        var (address, _) = await Badge("Petra Private");
        var (mine, _) = await Badge("Quentin");
        var browser = world.As("Quentin");
        var page = await browser.Open(mine);
        var token = ((AngleSharp.Html.Dom.IHtmlInputElement)page.QuerySelector("main form input[name=__RequestVerificationToken]")!).Value;
        using var form = new FormUrlEncodedContent([new("share", "true"), new("__RequestVerificationToken", token)]);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Client.PostAsync(new Uri(address, UriKind.Relative), form)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Fetch(address)).StatusCode);
    }

    [Fact]
    public async Task One_address_answers_people_and_software_from_any_origin()
    {
        var (address, card) = await Badge("Nina Negotiated");
        await Share("Nina Negotiated", address);
        foreach (var (accept, type, begins) in ((string, string, string)[])
        [
            ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html", "<!doctype"), ("application/vc+ld+json", "application/vc+ld+json", "{\"@context\""),
            ("application/json", "application/json", "{\"@context\""), ("text/plain", "text/plain", "eyJ"), ("text/html;q=0.5, application/ld+json", "application/ld+json", "{\"@context\""),
        ])
        {
            using var answer = await world.Fetch(address, accept);
            Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            Assert.StartsWith(begins, (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF', '\n'), StringComparison.OrdinalIgnoreCase);
            Assert.Contains("Accept", answer.Headers.Vary);
        }

        foreach (var path in (string[])[address + ".json", address + ".png", CredentialLinks.Issuer, CredentialLinks.Achievement(card.AchievementId), CredentialLinks.Achievement(card.AchievementId) + ".svg", CredentialLinks.Status(1)])
        {
            using var first = await world.Fetch(path, "*/*");
            Assert.Equal("*", Assert.Single(first.Headers.GetValues("Access-Control-Allow-Origin")));
            Assert.Equal("cross-origin", Assert.Single(first.Headers.GetValues("Cross-Origin-Resource-Policy")));
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)) { Headers = { { "Accept", "*/*" }, { "If-None-Match", first.Headers.ETag!.Tag } } };
            Assert.Equal(HttpStatusCode.NotModified, (await world.As(null).Client.SendAsync(request)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await world.Fetch(CredentialLinks.Status(99))).StatusCode);
    }

    [Fact]
    public async Task The_pictures_hold_the_badge_itself()
    {
        var (address, _) = await Badge("Paula Picture");
        await Share("Paula Picture", address);
        var jwt = await (await world.Fetch(address + ".jwt")).Content.ReadAsStringAsync();
        Assert.Equal(jwt, Png.Baked(await (await world.Fetch(address + ".png")).Content.ReadAsByteArrayAsync()));
        Assert.Equal(jwt, BakedSvg.Baked(await (await world.Fetch(address + ".svg")).Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task No_address_of_anybody_and_no_account_leaves_with_a_badge()
    {
        var (address, card) = await Badge("Canary Kanari");
        var account = await world.Person("Canary Kanari");
        await Share("Canary Kanari", address);
        var texts = new List<string>();
        foreach (var path in (string[])[.. Forms.Select(f => address + f), CredentialLinks.Issuer, CredentialLinks.Issuer + ".json", CredentialLinks.Achievement(card.AchievementId), CredentialLinks.Status(1)])
            texts.Add(System.Text.Encoding.UTF8.GetString(await (await world.Fetch(path)).Content.ReadAsByteArrayAsync()));
        var jwt = texts[2].Split('.')[1];
        texts.Add(System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(jwt)));
        Assert.All(texts, t => Assert.DoesNotContain("canary.kanari@", t, StringComparison.OrdinalIgnoreCase));
        Assert.All(texts, t => Assert.DoesNotContain(account.ToString("D"), t, StringComparison.OrdinalIgnoreCase));
        Assert.All(texts, t => Assert.DoesNotContain(account.ToString("N"), t, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task My_badges_are_listed_and_nobody_elses()
    {
        await Badge("Lia Listed");
        await Badge("Lars Listed");
        Assert.Single((await world.As("Lia Listed").Open(CredentialLinks.Mine)).QuerySelectorAll("main li"));
        await world.Person("Nobody Yet");
        Assert.NotNull((await world.As("Nobody Yet").Open(CredentialLinks.Mine)).QuerySelector(".empty"));
    }

    [Fact]
    public async Task New_keys_sign_and_the_old_ones_stay_where_they_are()
    {
        var (before, _) = await Badge("Kim Before");
        await world.Person("Root", Kernel.Policies.Admin);
        var admin = world.As("Root");
        await admin.Submit(await admin.Open("/admin/badges"), "main form");
        var (after, _) = await Badge("Kim After");

        var (old, now) = (await Kid(before, "Kim Before"), await Kid(after, "Kim After"));
        Assert.NotEqual(old, now);
        foreach (var kid in (string[])[old, now])
        {
            using var key = await world.Fetch(new Uri(kid).AbsolutePath);
            var jwk = JsonNode.Parse(await key.Content.ReadAsStringAsync())!.AsObject();
            Assert.Equal((kid, "RSA", false), (jwk["kid"]!.GetValue<string>(), jwk["kty"]!.GetValue<string>(), jwk.ContainsKey("d")));
        }

        Assert.NotNull((await world.As("Kim Before").Open(before)).QuerySelector("[data-outcome=Valid]"));
        Assert.NotNull((await world.As("Kim After").Open(after)).QuerySelector("[data-outcome=Valid]"));
        Assert.Equal(HttpStatusCode.NotFound, (await world.Fetch("/admin/badges/export", person: "Kim After")).StatusCode);

        // In the database the secrets are sealed: nothing in them reads as a key.
        var kept = await world.Stored(db => db.Set<Domain.SigningKey>().ToListAsync());
        using var rsa = System.Security.Cryptography.RSA.Create();
        Assert.All(kept, k => Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => rsa.ImportPkcs8PrivateKey(Convert.FromBase64String(k.Sealed), out _)));
        Assert.All(kept, k => Assert.True(Convert.FromBase64String(k.Sealed).Length > Ed25519.KeyLength + 16));

        // What is taken away holds every public key and no secret.
        using var zip = new ZipArchive(await (await world.Fetch("/admin/badges/export", person: "Root")).Content.ReadAsStreamAsync());
        Assert.Contains(zip.Entries, e => e.FullName == $"keys/{old[^36..]}.json");
        Assert.Contains(zip.Entries, e => e.FullName == "status/1.jwt");
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync());
            Assert.DoesNotContain("\"d\"", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        }
    }

    private async Task<(string Address, CredentialCard Card)> Badge(string name)
    {
        var card = (await world.Complete(await world.ARunWithBadge(), name))!;
        return (CredentialLinks.Credential(card.Id), card);
    }

    private async Task Share(string name, string address)
    {
        var browser = world.As(name);
        await browser.Submit(await browser.Open(address), "main form");
    }

    private async Task<string> Kid(string address, string name)
    {
        var jwt = await (await world.Fetch(address + ".jwt", person: name)).Content.ReadAsStringAsync();
        return Jws.Read(jwt)!.KeyId!;
    }
}
