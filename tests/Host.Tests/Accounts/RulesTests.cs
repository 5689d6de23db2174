using MoocPlatform.Host.Accounts;
using Xunit;

namespace MoocPlatform.Host.Tests.Accounts;

public sealed class RulesTests
{
    [Theory]
    [InlineData("password1234")]
    [InlineData("P@ssw0rd2026!")]
    [InlineData("passwordpassword")]
    [InlineData("iloveyousunshine")]
    [InlineData("i.love.you.2024")]
    [InlineData("qwertyuiop12")]
    [InlineData("123456789012")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abcabcabcabc")]
    [InlineData("1qaz2wsx3edc4")]
    [InlineData("moocplatform1")]
    [InlineData("parolamea2026")]
    public void A_common_password_is_refused(string password) => Assert.Equal(Refusals.PasswordTooCommon().Text, PasswordRules.Problem(password, null, null)?.Text);

    [Theory]
    [InlineData("rivers keep their own time")]
    [InlineData("correct-otter-violin-74")]
    [InlineData("țara mea cu munți înalți")]
    [InlineData("xK9#qL2vRt7m")]
    [InlineData("correct horse battery staples in my garden shed")]
    public void A_sentence_of_ones_own_is_taken(string password) => Assert.Null(PasswordRules.Problem(password, "Teresa Popa", "teresa@example.org"));

    [Fact]
    public void A_password_that_is_the_name_is_refused() => Assert.Equal(Refusals.PasswordTellsWho().Text, PasswordRules.Problem("TeresaPopa1987", "Teresa Popa", "t@example.org")?.Text);

    [Fact]
    public void A_password_of_two_hundred_characters_is_taken_and_one_of_a_thousand_is_not()
    {
        Assert.Null(PasswordRules.Problem(string.Join(' ', Enumerable.Repeat("long sentence nobody types", 7)), null, null));
        Assert.NotNull(PasswordRules.Problem(new string('x', 1000), null, null));
    }

    [Theory]
    [InlineData("Admin")]
    [InlineData("аdmin")] // a Cyrillic a
    [InlineData("A d m i n")]
    [InlineData("ADM1N")]
    [InlineData("Ｍｏｄｅｒａｔｏｒ")]
    [InlineData("Ioana Marín")]
    [InlineData("loana Marin")] // a small l
    [InlineData("Ioana Ma\u0455in")]
    [InlineData("ab\u202Ecd")]
    [InlineData("a\u200Bb")]
    [InlineData("x")]
    [InlineData("12345")]
    public void A_name_that_pretends_is_refused(string name) => Assert.NotNull(PersonName.Problem(PersonName.Tidy(name), ["Ioana Marin"]));

    [Theory]
    [InlineData("Teresa Popa")]
    [InlineData("Ștefan O’Neill-Țăran")]
    [InlineData("Łukasz Żółć")]
    [InlineData("Мария Иванова")]
    [InlineData("María José de la Peña y Núñez")]
    [InlineData("王小明")]
    [InlineData("محمد علي")]
    public void A_name_of_a_person_is_taken(string name) => Assert.Null(PersonName.Problem(PersonName.Tidy(name), ["Ioana Marin"]));

    [Theory]
    [InlineData("name@example.org", true)]
    [InlineData("o'brien+mooc@mail.example.org", true)]
    [InlineData("name", false)]
    [InlineData("name@localhost", false)]
    [InlineData("Name <name@example.org>", false)]
    [InlineData("a@example.org\r\nBcc: b@example.org", false)]
    [InlineData("a@example.org,b@example.org", false)]
    [InlineData("\"a b\"@example.org", false)]
    public void Mail_addresses_are_plain(string typed, bool taken) => Assert.Equal(taken, MailAddresses.Read(typed) is not null);
}
