using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using MoocPlatform.TestKit;

namespace MoocPlatform.Host.Tests.Accounts;

/// <summary>The app with its real sign-in: pages, cookie, mail.</summary>
public sealed partial class RealSignIn() : World(realSignIn: true)
{
    public const string Password = "rivers keep their own time";

    public static async Task<(HttpStatusCode Status, IHtmlDocument Page, string Path)> Register(Browser browser, string mail, string name = "Teresa Popa", string password = Password) =>
        await browser.Submit(await browser.Open("/account/register"), "main form", ("Name", name), ("Mail", mail), ("Password", password));

    public static async Task<(HttpStatusCode Status, IHtmlDocument Page, string Path)> SignIn(Browser browser, string mail, string password = Password, string page = "/account/sign-in") =>
        await browser.Submit(await browser.Open(page), "main form", ("Mail", mail), ("Password", password));

    /// <summary>The path of the link to a page in the newest mail with one.</summary>
    public async Task<string> Link(string mail, string page) =>
        new Uri(Address().Match((await MailsTo(mail)).Last(m => m.Contains($"/account/{page}?", StringComparison.Ordinal))).Value).PathAndQuery;

    /// <summary>Registers and confirms.</summary>
    public async Task<Browser> Member(string mail, string name = "Teresa Popa")
    {
        var browser = As(null);
        await Register(browser, mail, name);
        await browser.Submit(await browser.Open(await Link(mail, "confirm")), "main form");
        return browser;
    }

    [GeneratedRegex(@"http://\S+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
