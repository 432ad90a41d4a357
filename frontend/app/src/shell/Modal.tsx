import type { ReactNode } from "react";
import { Dialog, Heading, ModalOverlay, Modal as RacModal } from "react-aria-components";
import { useWords } from "../words/Words";
import { Icon } from "./Icon";

interface Given {
  title: string;
  close(): void;
  wide?: boolean;
  children: ReactNode;
}

export function Modal({ title, close, wide = false, children }: Given): ReactNode {
  const { say } = useWords();
  return (
    <ModalOverlay className="overlay" isOpen isDismissable onOpenChange={(open) => !open && close()}>
      <RacModal className={wide ? "modal modal-wide" : "modal"}>
        <Dialog className="dialog">
          <header className="dialog-head">
            <Heading slot="title">{title}</Heading>
            <button type="button" className="quiet" aria-label={say("app-close")} onClick={close}>
              <Icon name="close" />
            </button>
          </header>
          {children}
        </Dialog>
      </RacModal>
    </ModalOverlay>
  );
}
