using System.Diagnostics;
using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain.Badges;
using MoocPlatform.Enrollment.Features.Credentials;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Enrollment.Tests.Credentials;

public sealed class VerifyingTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Whatever_form_a_badge_has_it_is_recognised_and_explained()
    {
        var (jwt, json, png, svg) = await Badge("Vera Valid");
        foreach (var file in (byte[][])[jwt, json, png, svg])
        {
            var verdict = await Check(file);
            Assert.Equal((Outcome.Valid, "Vera Valid"), (verdict.Outcome, verdict.Facts!.Name));
            Assert.Equal([Finding.Badge, Finding.Signed, Finding.Dated, Finding.NotRevoked], verdict.Findings.Select(f => f.What));
        }

        var page = await Paste(Encoding.UTF8.GetString(jwt));
        Assert.Contains("Vera Valid", page.QuerySelector("#result")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("[data-outcome=Valid] [data-finding=Signed]"));
    }

    [Fact]
    public async Task A_change_of_any_one_byte_is_never_taken_for_valid()
    {
        var (jwt, json, _, _) = await Badge("Tamara Tampered");
        foreach (var file in (byte[][])[jwt, json])
        {
            // Every twentieth byte, and all of the signature's end; a space between the parts of JSON says nothing, so it is no change of what is said.
            for (var i = 0; i < file.Length; i += i < file.Length - 20 ? 20 : 1)
            {
                var changed = file.ToArray();
                changed[i] = changed[i] == (byte)'A' ? (byte)'B' : (byte)'A';
                Assert.NotEqual(Outcome.Valid, (await Check(changed)).Outcome);
            }
        }
    }

    [Fact]
    public async Task Nothing_can_be_added_to_a_badge_or_said_twice()
    {
        var (_, json, _, _) = await Badge("Ada Added");
        var credential = JsonNode.Parse(json)!.AsObject();
        credential["credentialSubject"]!["achievement"]!["fieldOfStudy"] = "Medicine";
        Assert.Equal(Outcome.Forged, (await Check(Json.Bytes(credential))).Outcome);
        var twice = Encoding.UTF8.GetString(json).Replace("\"name\":\"Open things\",\"issuer\"", "\"name\":\"Else\",\"name\":\"Open things\",\"issuer\"");
        Assert.NotEqual(Encoding.UTF8.GetString(json), twice);
        Assert.Equal(Finding.Unreadable, (await Check(Encoding.UTF8.GetBytes(twice))).Findings.Single().What);
        credential = JsonNode.Parse(json)!.AsObject();
        credential.Remove("proof");
        Assert.Equal(Finding.Unsigned, (await Check(Json.Bytes(credential))).Findings[^1].What);
    }

    [Fact]
    public async Task Forgeries_and_strangers_are_told_apart()
    {
        var (jwt, _, _, _) = await Badge("Fred Forged");
        var token = Jws.Read(Encoding.UTF8.GetString(jwt))!;
        using var own = RSA.Create(2048);
        var half = own.ExportParameters(false);
        string Part(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
        var payload = Part(Json.Bytes(token.Payload));

        // Signed with another key under our address; with a key it brings along; with a stranger's; not at all.
        Assert.Equal(Finding.Changed, Last(await Text(Jws.Sign(token.Payload, token.KeyId!, own))));
        var jwk = $$"""{"kty":"RSA","n":"{{Part(half.Modulus!)}}","e":"{{Part(half.Exponent!)}}"}""";
        var head = Part(Encoding.UTF8.GetBytes($$"""{"alg":"RS256","jwk":{{jwk}},"typ":"JWT"}"""));
        var signature = Part(own.SignData(Encoding.ASCII.GetBytes($"{head}.{payload}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        var brought = await Text($"{head}.{payload}.{signature}");
        Assert.Equal((Outcome.Unknown, Finding.OwnKey), (brought.Outcome, Last(brought)));
        var foreign = await Text(Jws.Sign(token.Payload, "https://keys.example.org/1", own));
        Assert.Equal((Outcome.Unknown, Finding.ForeignKey), (foreign.Outcome, Last(foreign)));
        var none = await Text($"{Part("""{"alg":"none"}"""u8.ToArray())}.{payload}.AA");
        Assert.Equal((Outcome.Forged, Finding.Algorithm), (none.Outcome, Last(none)));
        Assert.Equal(Finding.NoBadge, Last(await Text(Jws.Sign(new JsonObject { ["id"] = "x" }, token.KeyId!, own))));
    }

    [Fact]
    public async Task A_revoked_badge_says_why_wherever_it_is_checked()
    {
        var run = await world.ARunWithBadge();
        var (jwt, json, png, svg) = await Badge("Rolf Revoked", run);
        var card = (await world.BadgeOf(run, "Rolf Revoked"))!;
        await world.Send(new RevokeCredential(card.Id, run.RunId, run.TeacherId, "A mistake of ours"));
        foreach (var file in (byte[][])[jwt, json, png, svg])
        {
            var verdict = await Check(file);
            Assert.Equal(Outcome.Revoked, verdict.Outcome);
            Assert.Equal("A mistake of ours", verdict.Findings[^1].Arguments[1]);
        }
    }

    [Fact]
    public async Task The_page_takes_anything_and_keeps_what_was_pasted()
    {
        foreach (var nonsense in (string[])["hello", "{", "{\"type\":[\"x\"]}", "a.b.c", "<svg/>", new string('{', 5000)])
            Assert.NotNull((await Paste(nonsense)).QuerySelector("[data-outcome=NotABadge]"));
        Assert.Equal("hello", (await Paste("hello")).QuerySelector("textarea")!.TextContent.Trim());
        var browser = world.As(null);
        var (status, page, _) = await browser.Submit(await browser.Open(CredentialLinks.Verify), "main form", ("text", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.NotNull(page.QuerySelector("#refused"));
    }

    [Fact]
    public async Task Independent_verifiers_accept_it_with_the_network_off_and_refuse_what_was_changed()
    {
        var run = await world.ARunWithBadge();
        var (jwt, json, _, _) = await Badge("Ines Independent", run, 91.25m);
        var (revokedJwt, revokedJson, _, _) = await Badge("Rex Revoked", run);
        await world.Send(new RevokeCredential((await world.BadgeOf(run, "Rex Revoked"))!.Id, run.RunId, run.TeacherId, "Why not"));

        var documents = new JsonObject();
        foreach (var path in Addresses(jwt, json))
            documents["http://localhost" + path] = JsonNode.Parse(await (await world.Fetch(path, "application/json")).Content.ReadAsStringAsync());
        var list = await (await world.Fetch(CredentialLinks.Status(1), "application/vc+jwt")).Content.ReadAsStringAsync();

        static string Of(byte[] bytes) => Encoding.UTF8.GetString(bytes);
        var asked = new JsonObject
        {
            ["documents"] = documents,
            ["cases"] = new JsonArray(
                Case("jwt", "jwt", Of(jwt)), Case("json", "json", Of(json)), Case("list jwt", "jwt", list), Case("list json", "json", documents["http://localhost/status/1"]!.ToJsonString()),
                Case("revoked jwt is signed", "jwt", Of(revokedJwt)),
                Case("! revoked", "json", Of(revokedJson)), Case("! other name", "json", Of(json).Replace("Ines Independent", "Ines Independant")), Case("! other grade", "json", Of(json).Replace("91.25", "91.26")),
                Case("! changed jwt", "jwt", Of(jwt).Replace(".eyJ", ".eyK"))),
        };
        var results = await Node(asked.ToJsonString());
        Assert.Equal(9, results.Count);
        Assert.All(results, r => Assert.True(r!["verified"]!.GetValue<bool>() != r["name"]!.GetValue<string>().StartsWith('!'), r.ToJsonString()));
    }

    private static JsonObject Case(string name, string form, string text) => new() { ["name"] = name, [form] = text };

    private static async Task<JsonArray> Node(string asked)
    {
        var root = typeof(VerifyingTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;
        var start = new ProcessStartInfo("node", [Path.Combine(root, "tests", "Enrollment.Tests", "Credentials", "verify.mjs")])
        {
            UseShellExecute = false,
            WorkingDirectory = root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync();
        await node.StandardInput.WriteAsync(asked);
        node.StandardInput.Close();
        var said = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await errors);
        return JsonNode.Parse(said)!.AsArray();
    }

    private static List<string> Addresses(byte[] jwt, byte[] json)
    {
        var proof = JsonNode.Parse(json)!["proof"]!["verificationMethod"]!.GetValue<string>();
        return [CredentialLinks.Issuer, CredentialLinks.Status(1), new Uri(proof).AbsolutePath, new Uri(Jws.Read(Encoding.UTF8.GetString(jwt))!.KeyId!).AbsolutePath];
    }

    private async Task<(byte[] Jwt, byte[] Json, byte[] Png, byte[] Svg)> Badge(string name, GivenRun? run = null, decimal? grade = null)
    {
        var card = (await world.Complete(run ?? await world.ARunWithBadge(), name, grade))!;
        async Task<byte[]> Take(string form) => await (await world.Fetch($"{CredentialLinks.Credential(card.Id)}.{form}", person: name)).Content.ReadAsByteArrayAsync();
        return (await Take("jwt"), await Take("json"), await Take("png"), await Take("svg"));
    }

    private async Task<Verdict> Check(byte[] file)
    {
        await using var scope = world.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Checking>().Check(file, default);
    }

    private Task<Verdict> Text(string text) => Check(Encoding.UTF8.GetBytes(text));

    private static Finding Last(Verdict verdict) => verdict.Findings[^1].What;

    private async Task<AngleSharp.Html.Dom.IHtmlDocument> Paste(string text)
    {
        var browser = world.As(null);
        return (await browser.Submit(await browser.Open(CredentialLinks.Verify), "main form", ("text", text))).Page;
    }
}
