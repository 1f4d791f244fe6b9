package im.tombolo.interop;

import im.tombolo.interop.stage.Ejabberd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** The whole job with ejabberd as the XMPP server and Fedify as the fediverse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BlogOnEjabberdIT
    implements FollowingTests,
        SubscribingTests,
        ConnectionTests,
        ContentTests,
        ProfileTests,
        PageTests,
        DiscussionTests,
        ReactionTests,
        CommunityTests,
        CommunityHereTests,
        ClientShapeTests,
        CommandTests,
        NoticeTests,
        MessageTests,
        CrashTests {
  private Town town;

  @BeforeAll
  void build() {
    town = new Town("ejabberd", Ejabberd::new);
  }

  @BeforeEach
  void repair() {
    town.repair();
  }

  @AfterAll
  void leave() {
    if (town != null) {
      town.close();
    }
  }

  @Override
  public Town town() {
    return town;
  }
}
