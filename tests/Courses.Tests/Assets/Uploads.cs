using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp;
using AngleSharp.Html.Dom;
using MoocPlatform.TestKit;

namespace MoocPlatform.Courses.Tests.Assets;

/// <summary>Files as a browser sends them.</summary>
internal static class Uploads
{
    /// <summary>The smallest picture that is one: a PNG of one pixel, and a byte to tell one from another.</summary>
    public static byte[] Png(byte mark = 0) =>
        [.. Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="), mark];

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Posts a file with the token of a page to an address.</summary>
    public static async Task<HttpResponseMessage> Bring(this Browser browser, string page, string address, string name, byte[] bytes, bool json = false, params (string Name, string Value)[] fields)
    {
        var token = ((IHtmlInputElement)(await browser.Open(page)).QuerySelector("main input[name=__RequestVerificationToken], input[name=__RequestVerificationToken]")!).Value;
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" } };
        if (name.Length > 0)
            form.Add(new ByteArrayContent(bytes), "file", name);
        foreach (var (field, value) in fields)
            form.Add(new StringContent(value), field);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, UriKind.Relative)) { Content = form };
        if (json)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return await browser.Client.SendAsync(request);
    }

    /// <summary>The page an answer leads to, or is.</summary>
    public static async Task<IHtmlDocument> Page(this Browser browser, HttpResponseMessage answer)
    {
        if (answer.StatusCode == HttpStatusCode.Redirect)
            return await browser.Open(answer.Headers.Location!.ToString());
        var html = await answer.Content.ReadAsStringAsync();
        return (IHtmlDocument)await BrowsingContext.New().OpenAsync(r => r.Content(html));
    }
}
