using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MoocPlatform.Journeys.Tests;

/// <summary>Authors at their desk: the editor, what it holds when everything else fails, two who write at once, and the outline.</summary>
public sealed partial class AuthorJourney(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Desk = "/teach/oer-in-practice";

    // Several tries, seconds apart.
    private const float Long = 60_000;

    [Fact]
    public async Task A_folder_that_is_read_before_the_page_listens_shows_its_plan_all_the_same()
    {
        using var zip = new MemoryStream();
        await using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        await using (var course = await archive.CreateEntry("course.yaml").OpenAsync())
            await course.WriteAsync("format: 1\npass: 120\n"u8.ToArray());
        var page = await chromium.Person("Ioana Marin");
        await page.GotoAsync("/teach/import");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "course.zip", MimeType = "application/zip", Buffer = zip.ToArray() });
        await page.RouteWebSocketAsync("**/*", _ => { }); // the page is never told
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the plan" }).ClickAsync();
        await Expect(page.GetByText("What cannot be taken")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Expect(page.Locator("#import[aria-busy]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_an_author_types_survives_a_dead_server_a_lost_network_a_sign_out_and_a_closed_tab()
    {
        var page = await chromium.Person("Ioana Marin");
        var context = page.Context;
        var address = $"{Desk}/items/where-to-look";
        await Write(page, address);
        await page.Keyboard.TypeAsync("A **bold** beginning.");
        await Expect(page.Locator("[data-preview] strong", new() { HasText = "bold" })).ToBeVisibleAsync();
        var state = page.Locator("[data-hold-state]");
        await Expect(state).ToContainTextAsync("Draft held at");

        await chromium.Site.Kill();
        await page.Keyboard.TypeAsync(" Without a server.");
        await Expect(state).ToContainTextAsync("No connection", new() { Timeout = Long });
        await chromium.Site.Start();
        await Expect(state).ToContainTextAsync("Draft held at", new() { Timeout = Long });

        var other = await context.NewPageAsync();
        await other.GotoAsync("/my");
        await other.Locator("form[action$='/account/sign-out']").EvaluateAsync("form => form.submit()");
        await Chromium.Leaves(other, "/my");
        await page.BringToFrontAsync();
        await page.Locator(".cm-content").FocusAsync();
        await page.Keyboard.TypeAsync(" Signed out.");
        await Expect(state).ToContainTextAsync("You are signed out", new() { Timeout = Long });
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in again" }).ClickAsync();
        await Chromium.SignInAgain(page.GetByRole(AriaRole.Dialog), "ioana@example.org", "chalk dust on seven sleeves");
        await Expect(state).ToContainTextAsync("Draft held at", new() { Timeout = Long });

        await context.SetOfflineAsync(true);
        await page.Locator(".cm-content").FocusAsync();
        await page.Keyboard.TypeAsync(" Without a network.");
        await page.CloseAsync();
        await context.SetOfflineAsync(false);

        await other.GotoAsync(address);
        await Expect(other.Locator("[data-held-draft]")).ToHaveCountAsync(1);
        await Expect(other.Locator("[data-held-draft]")).ToContainTextAsync("Without a network.");
        await Chromium.Accessible(other);
        await other.GetByRole(AriaRole.Link, new() { Name = "Keep it and go on" }).ClickAsync();
        await Expect(other.Locator("textarea[name=Markdown]")).ToHaveValueAsync(Everything());
        await other.GetByRole(AriaRole.Button, new() { Name = "Publish changes" }).ClickAsync();
        await Expect(other.GetByText("Saved. Learners see this text.")).ToBeVisibleAsync();
        await Expect(other.Locator("[data-held-draft]")).ToHaveCountAsync(0);
        await Expect(other.Locator("textarea[name=Markdown]")).ToHaveValueAsync(Everything());
    }

    [Fact]
    public async Task The_editor_is_written_in_by_keyboard_buttons_and_paste_and_leads_to_what_is_to_be_mended()
    {
        var page = await chromium.Person("Ioana Marin");
        await Write(page, $"{Desk}/items/formats-that-stay-alive");
        var field = page.Locator("textarea[name=Markdown]");
        await page.Keyboard.TypeAsync("A rubric");
        await page.Keyboard.PressAsync("Control+Shift+ArrowLeft");
        await page.Keyboard.PressAsync("Control+b");
        await Expect(field).ToHaveValueAsync(new Regex(@"A \*\*rubric\*\*\s*$"));

        // Enter goes on with a list, and ends it on an empty item.
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.TypeAsync("\n\n- one\ntwo\n\nAfter it, a link: ");
        await Expect(field).ToHaveValueAsync(new Regex(@"- one\n- two\n+After it, a link: $"));
        await page.Locator("select[data-items]").SelectOptionAsync("six-licences");
        await page.GetByRole(AriaRole.Button, new() { Name = "Insert the link" }).ClickAsync();
        await Expect(field).ToHaveValueAsync(new Regex(@"\[[^\]]+\]\(six-licences\)$"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Call-out" }).ClickAsync();
        await Expect(field).ToHaveValueAsync(new Regex(@"> \[!TIP\]\n> After it, a link:"));

        // A formula that does not close: in the list, in the gutter, and one click away.
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.TypeAsync("\n\n\n$$\nx^2\n");
        var problem = page.Locator("[data-preview] a[data-line]").First;
        await Expect(problem).ToBeVisibleAsync();
        await Expect(page.Locator(".cm-problems span")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Control+Home");
        await problem.ClickAsync();
        await Expect(page.Locator(".cm-content")).ToBeFocusedAsync();
        await Expect(page.Locator(".cm-line.cm-problem")).ToBeInViewportAsync();

        // Escape, then Tab, leaves.
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(".cm-content")).Not.ToBeFocusedAsync();

        await Bring(page, "paste", "Red dot.png");
        await page.GetByLabel("What the picture shows").FillAsync("One red dot");
        await page.GetByRole(AriaRole.Button, new() { Name = "Put it in" }).ClickAsync();
        await Expect(field).ToHaveValueAsync(new Regex(@"!\[One red dot\]\(assets/red-dot\.png\)"));
        var picture = page.Locator("[data-preview] img[alt='One red dot']");
        await picture.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var file = await page.APIRequest.GetAsync(new Uri(new Uri(page.Url), await picture.GetAttributeAsync("src")).ToString());
        Assert.Equal((200, "image/png"), (file.Status, file.Headers["content-type"]));

        await Bring(page, "drop", "Dropped dot.png");
        await page.GetByLabel("What the picture shows").FillAsync("Dropped here");
        await page.GetByRole(AriaRole.Button, new() { Name = "Put it in" }).ClickAsync();
        await Expect(field).ToHaveValueAsync(new Regex(@"!\[Dropped here\]\(assets/dropped-dot\.png\)"));
    }

    [Fact]
    public async Task Two_authors_who_save_the_same_lesson_both_keep_their_words()
    {
        var (ioana, luca) = (await chromium.Person("Ioana Marin"), await chromium.Person("Luca Ferrante", width: 390, scheme: ColorScheme.Dark));
        var address = $"{Desk}/items/six-licences";
        await Write(ioana, address);
        await Write(luca, address);
        await ioana.Keyboard.TypeAsync("Ioana was here.");
        await ioana.GetByRole(AriaRole.Button, new() { Name = "Publish changes" }).ClickAsync();
        await Expect(ioana.GetByText("Saved. Learners see this text.")).ToBeVisibleAsync();

        await luca.Keyboard.TypeAsync("Luca was here, too.");
        await luca.GetByRole(AriaRole.Button, new() { Name = "Publish changes" }).ClickAsync();
        await Expect(luca.Locator("#theirs")).ToBeVisibleAsync();
        await Expect(luca.Locator(".diff [data-fate=removed]").Last).ToContainTextAsync("Ioana");
        await Chromium.Accessible(luca);
        await luca.GetByRole(AriaRole.Button, new() { Name = "Merge" }).ClickAsync();
        await Expect(luca.Locator("textarea[name=Mine]")).ToHaveValueAsync(new Regex("Luca was here, too"));
        await luca.Locator(".cm-content").FocusAsync();
        await luca.Keyboard.PressAsync("Control+End");
        await luca.Keyboard.TypeAsync(" And Luca.");
        await luca.GetByRole(AriaRole.Button, new() { Name = "Publish changes" }).ClickAsync();
        await Expect(luca.GetByText("Saved. Learners see this text.")).ToBeVisibleAsync();

        await ioana.GotoAsync($"{address}/history");
        await Expect(ioana.Locator("tbody tr").First).ToContainTextAsync("Luca Ferrante");
        await Chromium.Accessible(ioana);
        await ioana.GetByRole(AriaRole.Link, new() { Name = "What was changed" }).First.ClickAsync();
        await Expect(ioana.Locator(".diff [data-fate=added]").Last).ToContainTextAsync("And Luca.");
        await Chromium.Accessible(ioana);
    }

    [Fact]
    public async Task The_outline_is_put_in_order_by_keyboard_and_by_dragging()
    {
        var page = await chromium.Person("Ioana Marin");
        await page.GotoAsync(Desk);
        await page.Mark();
        var rows = page.Locator("[data-section]").First.Locator("[data-item]");
        var first = await rows.Nth(0).GetAttributeAsync("data-item");
        var second = await rows.Nth(1).GetAttributeAsync("data-item");
        var down = page.Locator($"button[form=move][name=down][value='{first}']");
        await down.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(rows.Nth(0)).ToHaveAttributeAsync("data-item", second!);
        await Expect(down).ToBeFocusedAsync();
        await Expect(page.Locator("[data-announcer]")).ToContainTextAsync("is number 2 of");

        // The first by its grip into the next section, both on the screen at once: nothing scrolls below the pointer.
        await page.SetViewportSizeAsync(1280, 2400);
        await Expect(page.Locator("[data-tree][aria-busy]")).ToHaveCountAsync(0);
        var moved = page.Locator($"[data-item='{second}']");
        await moved.Locator("[data-grip]").HoverAsync();
        await page.Mouse.DownAsync();
        await Expect(moved).ToHaveAttributeAsync("data-state", "moving");
        var next = page.Locator("[data-section]").Nth(1);
        var box = (await next.Locator("[data-item]").Nth(1).BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + 40, box.Y + box.Height - 4, new() { Steps = 12 });
        await Expect(next.Locator($"[data-item='{second}']")).ToHaveCountAsync(1);
        await page.Mouse.UpAsync();
        await Expect(moved).Not.ToHaveAttributeAsync("data-state", "moving");
        await Expect(page.Locator("[data-tree][aria-busy]")).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-announcer]")).Not.ToContainTextAsync("is number 2 of");
        Assert.True(await page.Stayed(), "the outline was loaded anew");
        await page.ReloadAsync();
        await Expect(page.Locator("[data-section]").Nth(1).Locator($"[data-item='{second}']")).ToHaveCountAsync(1);

        await page.Locator($"[data-item='{second}'] details.menu > summary").ClickAsync();
        await Chromium.Accessible(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Duplicate" }).ClickAsync();
        await Expect(page.Locator(".tree")).ToContainTextAsync("(copy)");
        var phone = await chromium.Person("Luca Ferrante", width: 390);
        await phone.GotoAsync(Desk);
        await Chromium.Accessible(phone);
        await phone.GotoAsync($"{Desk}/items/judging-quality-with-a-rubric");
        await phone.Locator(".cm-content").WaitForAsync();
        await Chromium.Accessible(phone);
    }

    /// <summary>Opens a text and puts the cursor into a new paragraph at its end.</summary>
    private static async Task Write(IPage page, string address)
    {
        await page.GotoAsync(address);
        await page.Locator(".cm-content").FocusAsync();
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>A picture of one dot, from the clipboard or dropped onto the text.</summary>
    private static Task Bring(IPage page, string way, string name) => page.Locator(".cm-content").EvaluateAsync("""
        (content, [way, name]) => {
          const bytes = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='), c => c.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([bytes], name, { type: 'image/png' }));
          const { left, top } = content.getBoundingClientRect();
          const how = { bubbles: true, cancelable: true, clientX: left + 20, clientY: top + 10 };
          content.dispatchEvent(way === 'drop' ? new DragEvent(way, { ...how, dataTransfer: data }) : new ClipboardEvent(way, { ...how, clipboardData: data }));
        }
        """, new[] { way, name });

    [GeneratedRegex(@"A \*\*bold\*\* beginning\. Without a server\. Signed out\. Without a network\.")]
    private static partial Regex Everything();
}
